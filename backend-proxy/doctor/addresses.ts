/** Whether Auth0 accepts `address` by `entry`: the same characters, or a star in the place of one host label. */
export function covers(entry: string, address: string): boolean {
  const [before = '', after, ...more] = entry.split('*')
  if (after === undefined || more.length) return entry === address
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
