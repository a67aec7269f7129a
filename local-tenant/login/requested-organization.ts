import type { KoaContextWithOIDC } from 'oidc-provider'
import type { Client } from '../tenant/seeds/schema.ts'
import type { Tenant } from '../tenant/tenant.ts'

/**
 * The organization of a request: the one picked on a page, else the one asked for; a silent request that names
 * none goes on in the one this session last used for the application.
 */
export function organizationIdOf(tenant: Tenant, { oidc }: KoaContextWithOIDC): string | undefined {
  const picked = (oidc.result as { organization?: { id: string } } | undefined)?.organization?.id
  const asked = oidc.params?.organization as string | undefined
  if (picked ?? asked) return picked ?? asked
  const remembered = tenant.sessions
    .get(oidc.session?.uid ?? '')
    ?.organizations.get(oidc.client?.clientId ?? '')
  return oidc.params?.prompt === 'none' ? remembered : undefined
}

/** How an application that requires an organization asks for one that was not named. */
export function organizationPrompt(client: Client | undefined): 'before-login' | 'after-login' | undefined {
  if (client?.organization_usage !== 'require') return undefined
  if (client.organization_require_behavior === 'pre_login_prompt') return 'before-login'
  return client.organization_require_behavior === 'post_login_prompt' ? 'after-login' : undefined
}
