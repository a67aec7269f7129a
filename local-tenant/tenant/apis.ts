import type { Directory } from './directory.ts'
import type { ResourceServer } from './seeds/schema.ts'

const MINUTES = 60
const scopesOf = (text: string) => text.split(' ').map((value) => ({ value }))
const ownMethods = ['read', 'create', 'update', 'delete'].map((verb) => `${verb}:me:authentication_methods`)

/** Auth0's own APIs of a tenant beside the Management API. No list of APIs shows them. */
export function ownApis(issuer: string): ResourceServer[] {
  return [
    {
      ...{ id: 'mfa', identifier: `${issuer}mfa/`, name: 'Auth0 MFA API', is_system: true },
      ...{ token_lifetime: 10 * MINUTES, allow_offline_access: true },
      scopes: scopesOf('enroll read:authenticators remove:authenticators'),
    },
    {
      ...{ id: 'me', identifier: `${issuer}me/`, name: 'Auth0 My Account API', is_system: true },
      ...{ token_lifetime: 24 * 60 * MINUTES, allow_offline_access: true },
      proof_of_possession: { mechanism: 'dpop' },
      scopes: scopesOf(`${ownMethods.join(' ')} read:me:factors`),
    },
  ]
}

/** The API of an identifier. Those of the tenant itself are named with http and with https. */
export function findApi(directory: Directory, identifier: string | undefined): ResourceServer | undefined {
  const own = (api: ResourceServer) => withoutScheme(api.identifier) === withoutScheme(identifier ?? '')
  const management = directory.resourceServers.get('management')
  const all = [...directory.ownApis, ...(management ? [management] : [])]
  return directory.resourceServers.named(identifier) ?? all.find(own)
}

/**
 * The scopes that an application may ask of the My Account API on a user's behalf: those of its client grant with
 * `subject_type: user`. `undefined` for any other API.
 */
export function myAccountScopes(
  { clientGrants }: Directory,
  clientId: string,
  api: ResourceServer | undefined,
): string[] | undefined {
  if (api?.id !== 'me') return undefined
  const own = [...clientGrants.values()].filter(
    (grant) => grant.client_id === clientId && grant.subject_type === 'user',
  )
  return own.find(({ audience }) => withoutScheme(audience) === withoutScheme(api.identifier))?.scope ?? []
}

function withoutScheme(url: string): string {
  return url.replace(/^https?:/, '')
}
