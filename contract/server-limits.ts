/**
 * How long our servers wait for a slow caller, in milliseconds, and how many they serve at once: connections that drip
 * are closed before 30 seconds are over. Names and meanings are those of Node's `http.Server`.
 *
 * @see https://nodejs.org/api/http.html#class-httpserver
 */
export const serverLimits = {
  /** From the connection, or the first byte of its next request, to the end of the headers. */
  headersTimeout: 10_000,
  /** From the same moment to the end of the body. */
  requestTimeout: 15_000,
  /** How often the two above are looked at. */
  connectionsCheckingInterval: 5_000,
  /** Between an answer and the next request. */
  keepAliveTimeout: 5_000,
  /** Without a byte in either direction, such as an answer that nobody reads. */
  timeout: 25_000,
  /** Those beyond are closed at once. */
  maxConnections: 2_000,
} as const
