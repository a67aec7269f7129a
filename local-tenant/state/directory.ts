import { randomBytes } from 'node:crypto'
import type { Action } from '../seeds/actions.ts'
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
  User,
} from '../seeds/schema.ts'

/** Whether a seed's audience stands for the tenant's own Management API: `management`, or as read from Auth0. */
export function isManagementAudience(audience: string | undefined): boolean {
  return audience === 'management' || /^https:\/\/[\w.-]+\.auth0\.com\/api\/v2\/$/.test(audience ?? '')
}

/** The tenant's data, by id, as the Management API shows it and the login reads it. */
export interface Directory {
  settings: TenantSettings
  clients: Map<string, Client>
  resourceServers: Map<string, ResourceServer>
  clientGrants: (ClientGrant & { id: string })[]
  connections: Map<string, Connection>
  organizations: Map<string, Organization>
  users: Map<string, User>
  roles: Map<string, Role>
  customDomains: CustomDomain[]
  actions: (Action & { id: string })[]
}

export function createDirectory(seed: TenantSeed, managementIdentifier: string): Directory {
  const management: ResourceServer = {
    id: 'management',
    identifier: managementIdentifier,
    name: 'Auth0 Management API',
    is_system: true,
    token_lifetime: 86_400,
  }
  const servers = (seed.resource_servers ?? []).filter(({ identifier }) => !isManagementAudience(identifier))
  return {
    settings: { ...seed.tenant },
    clients: byKey(seed.clients, (client) => client.client_id),
    resourceServers: byKey([management, ...servers], (server) => server.id),
    clientGrants: (seed.client_grants ?? []).map((grant) => ({
      ...grant,
      id: grant.id ?? newId('cgr_'),
      audience: isManagementAudience(grant.audience) ? managementIdentifier : grant.audience,
    })),
    connections: byKey(seed.connections ?? [], (connection) => connection.id),
    organizations: byKey(seed.organizations ?? [], (organization) => organization.id),
    users: byKey(seed.users ?? [], (user) => user.user_id),
    roles: byKey(seed.roles ?? [], (role) => role.id),
    customDomains: seed.custom_domains ?? [],
    actions: (seed.actions ?? []).map((action) => ({ ...action, id: action.id ?? newId('') })),
  }
}

/** A fresh id in Auth0's manner: the prefix and sixteen letters and digits. */
export function newId(prefix: string): string {
  return prefix + randomBytes(12).toString('base64url').replace(/[-_]/g, 'x')
}

function byKey<T>(items: T[], key: (item: T) => string): Map<string, T> {
  const map = new Map<string, T>()
  for (const item of items) {
    if (map.has(key(item)))
      throw new Error(`The seed has two entries with the id "${key(item)}". Rename one.`)
    map.set(key(item), structuredClone(item))
  }
  return map
}
