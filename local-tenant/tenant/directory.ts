import { randomBytes } from 'node:crypto'
import { storeActions, type StoredActions } from './actions.ts'
import { Table } from './table.ts'
import type {
  Client,
  ClientGrant,
  Connection,
  CustomDomain,
  Organization,
  ResourceServer,
  Role,
  TenantSeed,
  TenantSettings,
  TokenExchangeProfile,
  User,
} from './seeds/schema.ts'

/** Whether a seed's audience means the tenant's own Management API: `management`, or as read from Auth0. */
export function isManagementAudience(audience: string | undefined): boolean {
  return audience === 'management' || /^https:\/\/[\w.-]+\.auth0\.com\/api\/v2\/$/.test(audience ?? '')
}

/** The same for the My Account API: `my-account`, or as read from Auth0. */
export function isMyAccountAudience(audience: string | undefined): boolean {
  return audience === 'my-account' || /^https:\/\/[\w.-]+\.auth0\.com\/me\/$/.test(audience ?? '')
}

/** The tenant's data, by id, as the Management API shows it and the login reads it. */
export interface Directory {
  settings: TenantSettings
  clients: Map<string, Client>
  /** Named by identifier. */
  resourceServers: Table<ResourceServer>
  /** Auth0's own beside the Management API. */
  ownApis: ResourceServer[]
  clientGrants: Map<string, ClientGrant & { id: string }>
  connections: Table<Connection>
  /** Named in lower case. */
  organizations: Table<Organization>
  /** Named by e-mail address, in lower case; one address may belong to several connections. */
  users: Table<User>
  roles: Table<Role>
  customDomains: CustomDomain[]
  tokenExchangeProfiles: Map<string, TokenExchangeProfile>
  actions: StoredActions
}

export function createDirectory(
  seed: TenantSeed,
  managementIdentifier: string,
  ownApis: ResourceServer[],
): Directory {
  const management: ResourceServer = {
    id: 'management',
    identifier: managementIdentifier,
    name: 'Auth0 Management API',
    is_system: true,
    token_lifetime: 86_400,
  }
  const myAccount = ownApis.find(({ id }) => id === 'me')?.identifier
  function audienceOf(audience: string): string {
    if (isManagementAudience(audience)) return managementIdentifier
    return isMyAccountAudience(audience) ? (myAccount ?? audience) : audience
  }
  function withOwnAudiences(client: Client): Client {
    const { refresh_token: settings } = client
    if (!settings?.policies) return client
    const policies = settings.policies.map((each) => ({ ...each, audience: audienceOf(each.audience) }))
    return { ...client, refresh_token: { ...settings, policies } }
  }
  const servers = (seed.resource_servers ?? []).filter(({ identifier }) => !isManagementAudience(identifier))
  return {
    settings: { ...seed.tenant },
    clients: byKey(seed.clients.map(withOwnAudiences), (client) => client.client_id),
    resourceServers: new Table(({ identifier }) => identifier, byKey([management, ...servers], byId)),
    ownApis,
    clientGrants: byKey(
      seed.client_grants?.map((grant) => ({
        ...grant,
        id: grant.id ?? newId('cgr_'),
        audience: audienceOf(grant.audience),
      })),
      byId,
    ),
    connections: new Table(({ name }) => name, byKey(seed.connections, byId)),
    organizations: new Table(({ name }) => name.toLowerCase(), byKey(seed.organizations, byId)),
    users: new Table(
      ({ email }) => email.toLowerCase(),
      byKey(seed.users, (user) => user.user_id),
    ),
    roles: new Table(({ name }) => name, byKey(seed.roles, byId)),
    tokenExchangeProfiles: byKey(seed.token_exchange_profiles, byId),
    customDomains: seed.custom_domains ?? [],
    actions: storeActions(seed.actions),
  }
}

/** A fresh id in Auth0's manner: the prefix and sixteen letters and digits. */
export function newId(prefix: string): string {
  return prefix + randomBytes(12).toString('base64url').replace(/[-_]/g, 'x')
}

const byId = ({ id }: { id: string }) => id

function byKey<T>(items: T[] = [], key: (item: T) => string): Map<string, T> {
  const map = new Map<string, T>()
  for (const item of items) {
    if (map.has(key(item)))
      throw new Error(`The seed has two entries with the id "${key(item)}". Rename one.`)
    map.set(key(item), structuredClone(item))
  }
  return map
}
