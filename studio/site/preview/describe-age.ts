function duration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`
  return `${Math.round(seconds / 3600)} h`
}

/** How old a token is and how long it lasts, from its `iat` and `exp` in seconds since 1970. */
export function describeAge(iat: unknown, exp: unknown, now = Date.now() / 1000): string {
  if (typeof iat !== 'number' || typeof exp !== 'number') return 'Opaque: only the tenant can read it'
  const age = `issued ${duration(Math.max(0, now - iat))} ago`
  return exp > now ? `${age}, ends in ${duration(exp - now)}` : `${age}, has ended`
}
