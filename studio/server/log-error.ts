/** Tells the operator, in the server's log, what a builder is told in plainer words. */
export const logError = (error: unknown): void =>
  void process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
