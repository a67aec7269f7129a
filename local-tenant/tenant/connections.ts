import type { Connection, Organization } from './seeds/schema.ts'
import type { Directory } from './directory.ts'

/** The connections a visitor may use for this application, inside this organization. */
export function connectionsFor(
  directory: Directory,
  clientId: string,
  organization?: Organization,
): Connection[] {
  const allowed = organization?.enabled_connections
    ?.filter(({ is_enabled }) => is_enabled !== false)
    .map(({ connection_id }) => connection_id)
  return [...directory.connections.values()].filter(
    ({ id, enabled_clients }) =>
      (!enabled_clients || enabled_clients.includes(clientId)) && (!allowed || allowed.includes(id)),
  )
}

export function isDatabase({ strategy }: Connection): boolean {
  return strategy === 'auth0'
}

/** The enterprise connection that owns the domain of an e-mail address. */
export function connectionForEmail(connections: Connection[], email: string): Connection | undefined {
  const domain = email.split('@')[1]?.toLowerCase() ?? ''
  return connections.find(({ options }) => options?.domain_aliases?.includes(domain))
}
