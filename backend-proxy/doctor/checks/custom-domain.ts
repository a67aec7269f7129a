import { toIssuer } from '../../../contract/index.ts'
import { defineCheck } from '../check.ts'

export const customDomainUnready = defineCheck({
  code: 'custom-domain',
  title: 'The custom domain exists and is verified',
  needs: ['customDomains'],
  find({ customDomains }, { customDomain }) {
    if (!customDomain) return []
    const found = customDomains.find(({ domain }) => domain === customDomain)
    if (found?.status === 'ready') return []
    return [
      {
        severity: 'error',
        title: found
          ? `${customDomain} is not verified yet`
          : `The tenant has no custom domain ${customDomain}`,
        why: 'Login buttons lead to an address that does not answer.',
        where: 'Auth0 › Branding › Custom Domains',
        value: customDomain,
      },
    ]
  },
})

export const customIssuer = defineCheck({
  code: 'custom-issuer',
  title: 'The custom domain speaks in its own name',
  needs: ['customIssuer'],
  find: ({ customIssuer: issuer }, { customDomain }) =>
    customDomain && issuer !== undefined && issuer !== toIssuer(customDomain)
      ? [
          {
            severity: 'error',
            title: `${customDomain} issues tokens as ${issuer}`,
            why: 'Login ends with an error: your site only trusts tokens of the domain it sent the visitor to.',
            where: 'Auth0 › Branding › Custom Domains',
            value: toIssuer(customDomain),
          },
        ]
      : [],
})
