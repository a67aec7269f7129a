import { z } from 'zod'
import { isLowgateError, isOrganizationId } from 'lowgate/contract'
import { describe } from '../errors.ts'
import { readIssuer } from '../tenant/discovery.ts'
import type { GuardedFetch } from '../tenant/guarded-fetch.ts'
import { noneInPlan, parseReply } from '../tenant/lists/list-source.ts'
import { isAbsent, type TenantClient } from '../tenant/tenant-client.ts'
import { toRefusedRequest } from '../tenant/upstream-errors.ts'
import type { Project } from './check.ts'
import * as schemas from './tenant-parts.ts'
import type { PartName, TenantParts } from './tenant-parts.ts'

/** A tenant on the free plan answers two questions a second: more than these are not asked. */
const mostAsked = 5

export interface LoadedParts {
  parts: Partial<TenantParts>
  /** Why a part could not be read, in words for a builder. A part that is in neither does not exist. */
  unavailable: Partial<Record<PartName, string>>
}

/** Reads the parts called `names`, each on its own: a missing scope or endpoint costs one part, not the others. */
export async function loadParts(
  tenant: TenantClient,
  fetch: GuardedFetch,
  project: Project,
  names: ReadonlySet<PartName>,
): Promise<LoadedParts> {
  const loaders: { [N in PartName]: () => Promise<TenantParts[N] | undefined> } = {
    application: () => loadApplication(tenant, project.clientId),
    apis: () => loadEach(project.audiences, (audience) => loadApi(tenant, audience)),
    organizations: () =>
      loadEach(project.organizations, (organization) => hasOrganization(tenant, organization)),
    namesOrganizations: () => loadNamesOrganizations(tenant, project),
    identityProviders: () => loadIdentityProviders(tenant),
    customDomains: () => loadCustomDomains(tenant),
    customIssuer: async () => (project.customDomain ? readIssuer(fetch, project.customDomain) : undefined),
    loginActions: () => loadLoginActions(tenant),
    scopes: () => tenant.scopes(),
  }
  const loaded: LoadedParts = { parts: {}, unavailable: {} }
  await Promise.all(
    [...names].map(async (name) => {
      try {
        Object.assign(loaded.parts, { [name]: await loaders[name]() })
      } catch (error) {
        const refused = isLowgateError(error) ? error : toRefusedRequest(error)
        if (!refused || refused.code === 'proxy/invalid-credentials') throw error
        loaded.unavailable[name] = describe(refused).title
      }
    }),
  )
  return loaded
}

/** `undefined` for what the tenant does not have. */
const unlessAbsent = <T>(reading: Promise<T>): Promise<T | undefined> =>
  reading.catch((error: unknown) => {
    if (isAbsent(error)) return undefined
    throw error
  })

async function loadEach<T>(
  names: readonly string[],
  load: (name: string) => Promise<T>,
): Promise<Map<string, T>> {
  const entries = names.slice(0, mostAsked).map(async (name) => [name, await load(name)] as const)
  return new Map(await Promise.all(entries))
}

async function loadApplication(tenant: TenantClient, clientId: string | undefined) {
  if (!clientId) return undefined
  return unlessAbsent(readApplication(tenant, clientId))
}

/** The application as it is now. @throws the SDK's 404 when there is none. */
export async function readApplication(tenant: TenantClient, clientId: string): Promise<schemas.Application> {
  const fields = { fields: schemas.applicationFields, include_fields: true }
  const reply: unknown = await tenant.call((management) => management.clients.get(clientId, fields))
  return parseReply(schemas.application, reply)
}

async function loadApi(tenant: TenantClient, audience: string) {
  const reply: unknown = await unlessAbsent(
    tenant.call((management) => management.resourceServers.get(audience)),
  )
  return reply === undefined ? undefined : parseReply(schemas.api, reply)
}

async function hasOrganization(tenant: TenantClient, organization: string): Promise<boolean> {
  const found: unknown = await unlessAbsent(
    tenant.call(({ organizations }) =>
      isOrganizationId(organization)
        ? organizations.get(organization)
        : organizations.getByName(organization),
    ),
  )
  return found !== undefined
}

/** Not asked for where nothing is named: it takes a scope that few grant. */
async function loadNamesOrganizations(tenant: TenantClient, project: Project): Promise<boolean> {
  if (project.organizations.every(isOrganizationId)) return true
  const field = 'allow_organization_name_in_authentication_api'
  const reply: unknown = await tenant.call(({ tenants }) =>
    tenants.settings.get({ fields: field, include_fields: true }),
  )
  return parseReply(schemas.tenantSettings, reply)[field] ?? false
}

async function loadIdentityProviders(tenant: TenantClient) {
  const { response } = await tenant.call((management) =>
    management.connections.list({
      take: 100,
      fields: 'name,strategy,enabled_clients,options',
      include_fields: true,
    }),
  )
  return parseReply(z.object({ connections: z.array(schemas.identityProvider) }), response).connections
}

async function loadCustomDomains(tenant: TenantClient) {
  const reply: unknown = await noneInPlan(tenant.call((management) => management.customDomains.list()))
  return parseReply(z.array(schemas.customDomain), reply)
}

async function loadLoginActions(tenant: TenantClient) {
  const { response } = await tenant.call((management) =>
    management.actions.triggers.bindings.list('post-login', { per_page: 50 }),
  )
  const { bindings } = parseReply(z.object({ bindings: z.array(schemas.binding) }), response)
  return bindings.map(({ action }) => ({ name: action?.name ?? '', code: action?.code ?? '' }))
}
