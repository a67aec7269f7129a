import type {
  Client,
  ClientGrant,
  Connection,
  Organization,
  ResourceServer,
  Role,
  User,
} from '../tenant/seeds/schema.ts'
import type { Tenant } from '../tenant/tenant.ts'
import { notFound } from './errors.ts'

/**
 * What a path or a body names. Texts and codes as recorded; roles and organizations have no code.
 *
 * @throws {ManagementApiError} 404
 */
export const findClient = ({ directory }: Tenant, id: string): Client =>
  directory.clients.get(id) ?? missing('The client does not exist', 'inexistent_client')

/** By id or identifier. */
export const findResourceServer = ({ directory }: Tenant, id: string): ResourceServer =>
  directory.resourceServers.get(id) ??
  directory.resourceServers.named(id) ??
  missing('The resource server does not exist', 'inexistent_resource_server')

export const findGrant = ({ directory }: Tenant, id: string): ClientGrant & { id: string } =>
  directory.clientGrants.get(id) ?? missing('The client grant does not exist.', 'inexistent_client_grant')

export const findConnection = ({ directory }: Tenant, id: string): Connection =>
  directory.connections.get(id) ?? missing('The connection does not exist', 'inexistent_connection')

export const findOrganization = ({ directory }: Tenant, id: string): Organization =>
  directory.organizations.get(id) ?? missing('No organization found by that id or name')

export const findRole = ({ directory }: Tenant, id: string): Role =>
  directory.roles.get(id) ?? missing('The role does not exist.')

export const findUser = ({ directory }: Tenant, id: string): User =>
  directory.users.get(id) ?? missing('The user does not exist.', 'inexistent_user')

function missing(message: string, errorCode?: string): never {
  throw notFound(message, errorCode)
}
