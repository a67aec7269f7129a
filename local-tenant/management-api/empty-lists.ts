import { notFound } from './errors.ts'
import { findConnection, findOrganization } from './find.ts'
import type { Operation } from './operation.ts'

/**
 * Lists of what no local tenant has: nothing of it can be made here (that answers 501), so they are truly empty.
 * Clients that read everything, such as auth0-deploy-cli, ask for them.
 */
export const emptyListOperations: Operation[] = [
  {
    on: 'GET /connections-directory-provisionings',
    scopes: ['read:directory_provisionings'],
    handle: () => ({ directory_provisionings: [] }),
  },
  {
    on: 'GET /connections-scim-configurations',
    scopes: ['read:scim_config'],
    handle: () => ({ scim_configurations: [] }),
  },
  {
    on: 'GET /connections/:id/scim-configuration',
    scopes: ['read:scim_config'],
    handle({ tenant, param }) {
      findConnection(tenant, param('id'))
      throw notFound('Not Found')
    },
  },
  {
    on: 'GET /organizations/:id/discovery-domains',
    scopes: ['read:organization_discovery_domains'],
    handle: ({ tenant, param }) => findOrganization(tenant, param('id')) && { domains: [] },
  },
  {
    on: 'GET /organizations/:id/clients',
    scopes: ['read:organization_clients'],
    handle: ({ tenant, param }) => findOrganization(tenant, param('id')) && { clients: [] },
  },
  {
    on: 'GET /actions/modules',
    scopes: ['read:actions'],
    handle: () => ({ modules: [], total: 0, page: 0, per_page: 50 }),
  },
]
