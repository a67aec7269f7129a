/** Hosts of this machine: the only ones that may be spoken to over plain http. */
const loopback = /^(localhost|[a-z0-9-]+\.localhost|127\.0\.0\.1)(:\d{1,5})?$/

/** The letters, digits and hyphens of DNS names, at least two labels, the last one not a number. */
const hostname =
  /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?=[a-z0-9-]*[a-z])[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])$/

/** Whether `domain` names this machine, where a local tenant listens. */
export const isLoopback = (domain: string): boolean =>
  loopback.test(domain) && URL.canParse(`http://${domain}`)

/** Not what is spelt like a name only: `127.0.0.0x1` is an address, and not every platform can read `xn--a.com`. */
const isHost = (name: string): boolean =>
  URL.canParse(`https://${name}`) && new URL(`https://${name}`).host === name

/**
 * What a builder pasted, as a bare domain: without spaces around it, without `https://`, without a last slash, in
 * lower case. `undefined` when it is not a public domain name: an address, a port, a path, a user or any
 * character outside DNS names.
 *
 * @example
 * toDomain(' https://T.EU.Auth0.com/ ') // 't.eu.auth0.com'
 * toDomain('t.auth0.com/login') // undefined
 */
export function toDomain(pasted: string): string | undefined {
  const domain = tidyDomain(pasted)
  return hostname.test(domain) && !domain.endsWith('.localhost') && isHost(domain) ? domain : undefined
}

/** Only the clean-up of {@link toDomain}, for a field that somebody is still typing in. */
export const tidyDomain = (pasted: string): string =>
  pasted
    .replace(/^[ \t]+|[ \t]+$/g, '')
    // Only ASCII letters: a Kelvin sign is not a k.
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase())
    .replace(/^https:\/\//, '')
    .replace(/\/$/, '')

/** The address of a tenant, without a last slash; plain http for a local tenant only. */
export const tenantUrl = (domain: string): string => `${isLoopback(domain) ? 'http' : 'https'}://${domain}`

/**
 * The issuer of a tenant's tokens, with the last slash that belongs to it.
 *
 * @example
 * toIssuer('t.eu.auth0.com') // 'https://t.eu.auth0.com/'
 */
export const toIssuer = (domain: string): string => `${tenantUrl(domain)}/`
