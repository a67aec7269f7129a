import { notFound } from './errors.ts'
import { operation, type Operation } from './operation.ts'

export const customDomainOperations: Operation[] = [
  operation({
    on: 'GET /custom-domains',
    scopes: ['read:custom_domains'],
    handle: ({ tenant }) => tenant.directory.customDomains,
  }),
  operation({
    on: 'GET /custom-domains/:id',
    scopes: ['read:custom_domains'],
    handle({ tenant, param }) {
      const domain = tenant.directory.customDomains.find((each) => each.custom_domain_id === param('id'))
      if (!domain) throw notFound('The custom domain does not exist', 'inexistent_custom_domain')
      return domain
    },
  }),
]
