import { tidyDomain, toDomain } from 'lowgate/contract'
import { invalidInput } from '../errors.ts'

/** Where an M2M secret may be sent: Auth0's own domains, the operator's suffixes and local tenants. */
export interface DomainRule {
  suffixes: readonly string[]
  localTenants: ReadonlySet<string>
}

/** Whether `host` (with its port, if any) is one that the rule lets a request reach. */
export function isTenantHost(host: string, { suffixes, localTenants }: DomainRule): boolean {
  if (localTenants.has(host)) return true
  if (toDomain(host) !== host) return false
  return suffixes.includes(host) || ['auth0.com', ...suffixes].some((suffix) => host.endsWith(`.${suffix}`))
}

/**
 * The bare domain in what a builder pasted, decided only by its letters: no look-up, no connection.
 *
 * @throws `proxy/invalid-input` naming the field.
 */
export function toTenantDomain(pasted: string, rule: DomainRule): string {
  const domain = tidyDomain(pasted)
  if (!isTenantHost(domain, rule))
    throw invalidInput(
      'domain',
      'This is not an Auth0 domain. Copy it from Auth0 › Applications › Settings › Domain, such as your-tenant.eu.auth0.com.',
    )
  return domain
}

/**
 * The bare custom domain in what a builder pasted: any public name, since nothing secret is ever sent there.
 *
 * @throws `proxy/invalid-input` naming the field.
 */
export function toCustomDomain(pasted: string, { localTenants }: DomainRule): string {
  const domain = localTenants.has(tidyDomain(pasted)) ? tidyDomain(pasted) : toDomain(pasted)
  if (!domain)
    throw invalidInput('customDomain', 'This is not a domain name. Type one such as login.acme.example.')
  return domain
}
