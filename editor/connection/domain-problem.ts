import { isLoopback, tidyDomain, toDomain } from 'lowgate/contract'

/** What is wrong with a typed domain and how to fix it; `undefined` when it can be tried. */
export function domainProblem(typed: string): string | undefined {
  const domain = tidyDomain(typed)
  if (!domain) return 'Fill in the domain of your tenant.'
  if (toDomain(domain) || isLoopback(domain)) return undefined
  if (domain.startsWith('http://')) return 'Auth0 is reached over https only: leave out “http://”.'
  if (domain.includes('@')) return 'Leave out the user name and “@”: only the domain itself.'
  const bare = /^[^/?#\\:]+/.exec(domain)?.[0]
  if (bare && toDomain(bare)) return `Leave out what follows the name: only “${bare}”.`
  if (/^[\d.]+$|[[\]]/.test(domain)) return 'This is an address of a machine. Use the domain’s name.'
  return 'This is not a domain name. Copy it from Auth0 › Applications › Settings › Domain.'
}
