/** One star, in the first label of a host name with a subdomain. Anywhere else it stands for nothing. */
const wildcard = /^https?:\/\/[^/*.:?#]*\*[^/*.:?#]*(\.[^/*.:?#]+){2,}(:\d+)?([/?#][^*]*)?$/

/**
 * Whether Auth0 accepts `address` by `entry`: the same characters, or a star in the place of one host label.
 *
 * @see https://auth0.com/docs/get-started/applications/wildcards-for-subdomains
 */
export function covers(entry: string, address: string): boolean {
  if (!wildcard.test(entry)) return entry === address
  const [before = '', after = ''] = entry.split('*')
  const label = address.slice(before.length, -after.length || undefined)
  return `${before}${label}${after}` === address && /^[^./]+$/.test(label)
}

/** `missing` of `wanted`: those that no entry covers, each once. */
export const notCovered = (wanted: readonly string[], entries: readonly string[]): string[] =>
  [...new Set(wanted)].filter((address) => !entries.some((entry) => covers(entry, address)))

/** Auth0 compares addresses after logout without their query and hash. */
export const withoutQuery = (address: string) => address.replace(/[?#].*$/s, '')

const normal = {
  'the last slash': (address: string) => address.replace(/\/$/, ''),
  'capital letters': (address: string) => address.toLowerCase(),
  'http in the place of https': (address: string) => address.replace(/^https?:/, ''),
  'the port': (address: string) => address.replace(/^(\w+:\/\/[^/:]+):\d+/, '$1'),
  'the leading www': (address: string) => address.replace('://www.', '://'),
}

/** In which single respect an entry almost is `address`, as a sentence; empty when none is close. */
export function nearMiss(address: string, entries: readonly string[]): string {
  for (const [difference, strip] of Object.entries(normal)) {
    const close = entries.find((entry) => strip(entry) === strip(address))
    if (close) return ` The list has ${close}, which differs in ${difference}.`
  }
  return ''
}

export const isLoopbackAddress = (address: string): boolean => {
  const host = URL.canParse(address) ? new URL(address).hostname : ''
  return host === 'localhost' || host.endsWith('.localhost') || /^127\.|^\[::1\]$/.test(host)
}
