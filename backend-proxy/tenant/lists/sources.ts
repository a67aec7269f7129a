import type { ManagementClient } from 'auth0'
import { z } from 'zod'
import type { RemoteList } from 'lowgate/contract'
import type { Choice } from 'lowgate/contract/proxy-api'
import {
  pageSize,
  noneInPlan,
  parseReply,
  toCheckpointPage,
  toFilter,
  toOffsetPage,
  toPageNumber,
  type ListSource,
  type SourcePage,
} from './list-source.ts'

const toChoices =
  <T>(toChoice: (item: T) => Choice) =>
  ({ items, next }: { items: T[]; next: string | null }): SourcePage => ({ items: items.map(toChoice), next })

const application = z.object({ client_id: z.string(), name: z.string(), app_type: z.string().optional() })
const applicationFields = { fields: 'client_id,name', include_fields: true }
const toApplication = ({ client_id, name }: z.infer<typeof application>): Choice => ({
  value: client_id,
  label: name,
  detail: client_id,
})

const applications: ListSource = {
  async page(management, cursor) {
    const page = toPageNumber(cursor)
    const { response } = await management.clients.list({
      page,
      per_page: pageSize,
      include_totals: true,
      app_type: 'spa',
      ...applicationFields,
    })
    return toChoices(toApplication)(toOffsetPage('clients', application, response, page))
  },
  async search(management, text, cursor, apiUrl) {
    // The SDK does not know this endpoint yet. Its pass-through adds the token, but breaks the query of a relative path.
    const query = new URLSearchParams({
      q: `${toFilter(['name'], text)} and app_type eq "spa"`,
      parser: 'scim',
      take: String(pageSize),
      fields: applicationFields.fields,
      include_fields: 'true',
      ...(cursor && { from: cursor }),
    })
    const response = await management.fetch(`${apiUrl}/clients/search?${query.toString()}`)
    if (!response.ok) throw new SearchRefused(response.status)
    return toChoices(toApplication)(toCheckpointPage('clients', application, await response.json()))
  },
  async byId(management, text) {
    if (!/^[\w-]{20,64}$/.test(text)) return undefined
    const found = await readApplication(management, text)
    return found.app_type === 'spa' ? toApplication(found) : undefined
  },
  find: async (management, value) => toApplication(await readApplication(management, value)),
}

async function readApplication(management: ManagementClient, clientId: string) {
  const fields = { ...applicationFields, fields: `${applicationFields.fields},app_type` }
  return parseReply(application, await management.clients.get(clientId, fields))
}

/** Auth0's own API is an API of the tenant too, but none that a site may use. */
const api = z.object({ identifier: z.string(), name: z.string(), is_system: z.boolean().optional() })
const toApi = ({ identifier, name }: z.infer<typeof api>): Choice => ({
  value: identifier,
  label: name,
  detail: identifier,
})
const toApis = (page: { items: z.infer<typeof api>[]; next: string | null }) =>
  toChoices(toApi)({ ...page, items: page.items.filter(({ is_system }) => !is_system) })

const apis: ListSource = {
  async page(management, cursor) {
    const page = toPageNumber(cursor)
    const { response } = await management.resourceServers.list({
      page,
      per_page: pageSize,
      include_totals: true,
    })
    return toApis(toOffsetPage('resource_servers', api, response, page))
  },
  async search(management, text, cursor) {
    const { response } = await management.resourceServers.search({
      q: toFilter(['name', 'identifier'], text),
      parser: 'scim',
      take: pageSize,
      fields: 'identifier,name,is_system',
      include_fields: true,
      ...(cursor && { from: cursor }),
    })
    return toApis(toCheckpointPage('resource_servers', api, response))
  },
  async find(management, value) {
    return toApi(parseReply(api, await management.resourceServers.get(value)))
  },
}

const organization = z.object({ id: z.string(), name: z.string(), display_name: z.string().optional() })
const toOrganization = ({ id, name, display_name }: z.infer<typeof organization>): Choice => ({
  value: id,
  label: display_name ?? name,
  detail: name,
})

const organizations: ListSource = {
  async page(management, cursor) {
    const { response } = await management.organizations.list({
      take: pageSize,
      ...(cursor && { from: cursor }),
    })
    return toChoices(toOrganization)(toCheckpointPage('organizations', organization, response))
  },
  async search(management, text, cursor) {
    const { response } = await management.organizations.search({
      q: toFilter(['name', 'display_name'], text),
      parser: 'scim',
      take: pageSize,
      ...(cursor && { from: cursor }),
    })
    return toChoices(toOrganization)(toCheckpointPage('organizations', organization, response))
  },
  async byId(management, text) {
    return /^org_\w{1,60}$/.test(text) ? organizations.find(management, text) : undefined
  },
  /** Actions may name an organization by id or by name. */
  async find(management, value) {
    const found = value.startsWith('org_')
      ? await management.organizations.get(value)
      : await management.organizations.getByName(value)
    return { ...toOrganization(parseReply(organization, found)), value }
  },
}

const identityProvider = z.object({
  name: z.string(),
  strategy: z.string(),
  display_name: z.string().optional(),
})
const identityProviderFields = { fields: 'name,strategy,display_name', include_fields: true }
const toIdentityProvider = ({ name, strategy, display_name }: z.infer<typeof identityProvider>): Choice => ({
  value: name,
  label: display_name ?? name,
  detail: strategy,
})

const identityProviders: ListSource = {
  async page(management, cursor) {
    const { response } = await management.connections.list({
      take: pageSize,
      ...identityProviderFields,
      ...(cursor && { from: cursor }),
    })
    return toChoices(toIdentityProvider)(toCheckpointPage('connections', identityProvider, response))
  },
  async find(management, value) {
    const { response } = await management.connections.list({
      take: 1,
      name: value,
      ...identityProviderFields,
    })
    return toChoices(toIdentityProvider)(toCheckpointPage('connections', identityProvider, response)).items[0]
  },
}

const customDomain = z.object({ domain: z.string(), status: z.string() })
const toCustomDomain = ({ domain, status }: z.infer<typeof customDomain>): Choice => ({
  value: domain,
  label: domain,
  detail: status === 'ready' ? undefined : 'Not verified yet',
})

const customDomains: ListSource = {
  /** A tenant has a handful: Auth0 answers all at once. */
  async page(management) {
    const reply: unknown = await noneInPlan(management.customDomains.list())
    return { items: parseReply(z.array(customDomain), reply).map(toCustomDomain), next: null }
  },
  async find(management, value) {
    const { items } = await customDomains.page(management, undefined)
    return items.find((item) => item.value === value)
  },
}

/** Roles are told to pages by their names. */
const role = z.object({ name: z.string(), description: z.string().nullish() })
const toRole = ({ name, description }: z.infer<typeof role>): Choice => ({
  value: name,
  label: name,
  ...(description && { detail: description }),
})

const roles: ListSource = {
  async page(management, cursor) {
    const page = toPageNumber(cursor)
    const { response } = await management.roles.list({ page, per_page: pageSize, include_totals: true })
    return toChoices(toRole)(toOffsetPage('roles', role, response, page))
  },
  async search(management, text, cursor) {
    const page = toPageNumber(cursor)
    const { response } = await management.roles.list({
      page,
      per_page: pageSize,
      include_totals: true,
      name_filter: text,
    })
    return toChoices(toRole)(toOffsetPage('roles', role, response, page))
  },
  async find(management, value) {
    const { items } = await (roles.search as NonNullable<ListSource['search']>)(
      management,
      value,
      undefined,
      '',
    )
    return items.find((item) => item.value === value)
  },
}

/** The status of a search that a tenant does not offer. */
export class SearchRefused extends Error {
  readonly statusCode: number

  constructor(statusCode: number) {
    super('The tenant refused a search.')
    this.statusCode = statusCode
  }
}

export const sources: Record<RemoteList, ListSource> = {
  applications,
  apis,
  organizations,
  'identity-providers': identityProviders,
  'custom-domains': customDomains,
  roles,
}
