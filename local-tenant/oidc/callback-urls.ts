import type { Client } from '../tenant/seeds/schema.ts'

/** One star, in the label furthest from the root of a host name with a subdomain to spare. */
const wildcardEntry = /^https?:\/\/[^/*.:?#]*\*[^/*.:?#]*(\.[^/*.:?#]+){2,}(:\d+)?([/?#][^*]*)?$/

/**
 * Whether Auth0 would return to this URL: exact and case-sensitive, except that `*` matches (a part of) the
 * first label of the host name. A star anywhere else is only a star. A query in the request is compared too.
 *
 * @see https://auth0.com/docs/get-started/applications/wildcards-for-subdomains
 */
export function isAllowedUrl(url: string, allowed: string[] = []): boolean {
  return allowed.some((entry) => (wildcardEntry.test(entry) ? wildcard(entry).test(url) : entry === url))
}

/** Whether the origin may receive a `web_message` answer, which popups and silent logins need. */
export function isWebOrigin(origin: string, client: Client): boolean {
  return isAllowedUrl(origin, client.web_origins?.map(toOrigin))
}

/** Whether scripts of the origin may read a reply. Origins of callbacks may, without being listed. */
export function isCorsOrigin(origin: string, client: Client): boolean {
  const callbacks = (client.callbacks ?? [])
    // A scheme of its own has the origin "null", which is also that of every sandboxed page.
    .filter((url) => /^https?:/.test(url) && URL.canParse(url))
    .map((url) => new URL(url).origin)
  const listed = [...(client.web_origins ?? []), ...(client.allowed_origins ?? [])].map(toOrigin)
  return isAllowedUrl(origin, [...listed, ...callbacks])
}

function toOrigin(entry: string): string {
  return entry.replace(/\/+$/, '')
}

function wildcard(entry: string): RegExp {
  const escaped = entry.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[A-Za-z0-9-]+')
  return new RegExp(`^${escaped}$`)
}

/** A callback that any program on the visitor's machine could answer: loopback over http, or a custom scheme. */
export function isUnverifiable(url: string): boolean {
  if (!URL.canParse(url)) return true
  const { protocol, hostname } = new URL(url)
  if (protocol === 'https:') return false
  return (
    protocol !== 'http:' || hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')
  )
}
