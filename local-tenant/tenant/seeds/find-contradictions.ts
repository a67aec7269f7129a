import { isManagementAudience, isMyAccountAudience } from '../directory.ts'
import type { TenantSeed } from './schema.ts'

/** What a seed names and does not hold, or holds twice: one line each, with the place and the cure. */
export function findContradictions(seed: TenantSeed): string[] {
  const { tenant, clients, resource_servers = [], client_grants = [], connections = [] } = seed
  const { organizations = [], users = [], roles = [] } = seed
  const problems: string[] = []

  function named(part: string, kind: string, names: string[]) {
    const known = new Set<string>()
    for (const [index, name] of names.entries()) {
      if (known.has(name)) problems.push(`${part}[${index}]: a second ${kind} "${name}". Rename one.`)
      known.add(name)
    }
    return (place: string, name: string | undefined) => {
      if (name === undefined || known.has(name)) return
      problems.push(`${place}: there is no ${kind} "${name}". Add it to ${part}, or correct it here.`)
    }
  }
  const each = <T>(items: T[] | undefined, place: string, look: (item: T, place: string) => void) =>
    (items ?? []).forEach((item, index) => look(item, `${place}[${index}]`))

  const client = named(
    'clients',
    'application',
    clients.map(({ client_id }) => client_id),
  )
  const identifier = named(
    'resource_servers',
    'API',
    resource_servers.map((server) => server.identifier),
  )
  const connection = named(
    'connections',
    'connection',
    connections.map(({ name }) => name),
  )
  const connectionId = named(
    'connections',
    'connection with the id',
    connections.map(({ id }) => id),
  )
  const user = named(
    'users',
    'user',
    users.map(({ user_id }) => user_id),
  )
  const role = named(
    'roles',
    'role',
    roles.map(({ name }) => name),
  )
  named(
    'organizations',
    'organization named',
    organizations.map(({ name }) => name),
  )
  const api = (place: string, audience: string | undefined) =>
    isManagementAudience(audience) || isMyAccountAudience(audience) ? undefined : identifier(place, audience)

  api('tenant.default_audience', tenant?.default_audience || undefined)
  each(clients, 'clients', ({ jwt_configuration, client_secret }, place) => {
    if (jwt_configuration?.alg === 'HS256' && !client_secret)
      problems.push(`${place}.client_secret: missing, and HS256 signs with it. Add it, or use RS256.`)
  })
  each(resource_servers, 'resource_servers', ({ signing_alg, signing_secret }, place) => {
    if (signing_alg === 'HS256' && !signing_secret)
      problems.push(`${place}.signing_secret: missing, and HS256 signs with it. Add it, or use RS256.`)
  })
  each(client_grants, 'client_grants', (grant, place) => {
    client(`${place}.client_id`, grant.client_id)
    api(`${place}.audience`, grant.audience)
  })
  each(organizations, 'organizations', ({ members, enabled_connections, invitations }, place) => {
    each(members, `${place}.members`, (member, at) => {
      user(`${at}.user_id`, member.user_id)
      each(member.roles, `${at}.roles`, (name, here) => role(here, name))
    })
    each(enabled_connections, `${place}.enabled_connections`, ({ connection_id }, at) =>
      connectionId(`${at}.connection_id`, connection_id),
    )
    each(invitations, `${place}.invitations`, (invitation, at) =>
      each(invitation.roles, `${at}.roles`, (name, here) => role(here, name)),
    )
  })
  each(users, 'users', (person, place) => {
    connection(`${place}.connection`, person.connection)
    each(person.roles, `${place}.roles`, (name, at) => role(at, name))
  })
  each(roles, 'roles', ({ permissions }, place) =>
    each(permissions, `${place}.permissions`, ({ resource_server_identifier }, at) =>
      api(`${at}.resource_server_identifier`, resource_server_identifier),
    ),
  )
  if (users.some(({ password }) => password) && !connections.some(({ strategy }) => strategy === 'auth0'))
    problems.push('connections: users have passwords, but there is no database. Add one of strategy "auth0".')
  return problems
}
