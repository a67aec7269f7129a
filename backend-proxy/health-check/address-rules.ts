import ipaddr from 'ipaddr.js'
import { isLoopback } from 'lowgate/contract'
import type { Project } from './check.ts'

/** One star, in the first label of a host name with a subdomain. Anywhere else it has no meaning. */
const wildcard = /^https?:\/\/[^/*.:?#]*\*[^/*.:?#]*(\.[^/*.:?#]+){2,}(:\d+)?([/?#][^*]*)?$/

/**
 * Whether Auth0 accepts `address` by `entry`: the same characters, or a star instead of one host label.
 *
 * @see https://auth0.com/docs/get-started/applications/wildcards-for-subdomains
 */
export function covers(entry: string, address: string): boolean {
  if (!wildcard.test(entry)) return entry === address
  const [before = '', after = ''] = entry.split('*')
  const label = address.slice(before.length, -after.length || undefined)
  return `${before}${label}${after}` === address && /^[\w-]+$/.test(label)
}

/** `missing` of `wanted`: those that no entry covers, each once. */
export const notCovered = (wanted: readonly string[], entries: readonly string[]): string[] =>
  [...new Set(wanted)].filter((address) => !entries.some((entry) => covers(entry, address)))

/** Auth0 compares addresses after logout without their query and hash. */
export const withoutQuery = (address: string) => address.replace(/[?#].*$/s, '')

const normal = {
  'the last slash': (address: string) => address.replace(/\/$/, ''),
  'capital letters': (address: string) => address.toLowerCase(),
  'http instead of https': (address: string) => address.replace(/^https?:/, ''),
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

/** Whether `address` names this machine: by a name, or in any notation of an IP address. */
export function isLoopbackAddress(address: string): boolean {
  if (!URL.canParse(address)) return false
  const host = new URL(address).hostname.replace(/^\[|\]$|\.+$/g, '')
  if (ipaddr.isValid(host)) return ['loopback', 'unspecified'].includes(ipaddr.process(host).range())
  return /(^|\.)localhost(\.localdomain)?$/.test(host)
}

/** What an address can have against it in production, and how that hurts a visitor. */
export const dangers = {
  wildcard: {
    says: 'has a wildcard',
    why: 'Anybody who controls an address that it covers can have your visitors’ logins sent there.',
  },
  fragment: {
    says: 'has a fragment',
    why: 'OAuth forbids it: browsers carry a fragment over redirects, so that a login can end up in the wrong place.',
  },
  user: {
    says: 'has a name before its host',
    why: 'What is before the @ can look like your site, while the login goes to the host behind it.',
  },
  loopback: {
    says: 'is on a developer’s machine',
    why: 'Any program on the visitor’s machine can listen there and take over a login meant for your site.',
  },
  http: {
    says: 'is not encrypted',
    why: 'Anybody on the way can read and take over a login meant for your site.',
  },
} as const

type DangerName = keyof typeof dangers

/**
 * What speaks against `address` in the lists of an application; empty when the environment allows it. Only production
 * is strict. There, an address of a developer's machine is allowed in one case: the tenant is on that machine itself,
 * so that no real visitor's login is ever sent there.
 */
export function dangersOf(
  address: string,
  { environment, domain }: Pick<Project, 'environment' | 'domain'>,
): DangerName[] {
  if (environment !== 'production') return []
  const isLocal = isLoopbackAddress(address)
  const has: Record<DangerName, boolean> = {
    wildcard: address.includes('*'),
    fragment: address.includes('#'),
    user: /^[^/\\]*[/\\]{2}[^/\\?#]*@/.test(address),
    loopback: isLocal && !isLoopback(domain),
    http: !isLocal && /^http:/i.test(address),
  }
  return (Object.keys(has) as DangerName[]).filter((name) => has[name])
}
