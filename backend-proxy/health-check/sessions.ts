import { toIssuer } from 'lowgate/contract'
import { isLoopbackAddress } from './address-rules.ts'
import { defineCheck, inApplication } from './check.ts'

/** Seconds. */
const thirtyDays = 30 * 24 * 3600

const customDomains = 'Auth0 › Branding › Custom Domains'

/** The custom domain: whether the tenant has it, and issues tokens in its name. */
export const customDomainChecks = [
  defineCheck({
    code: 'custom-domain',
    title: 'The custom domain exists and is verified',
    needs: ['customDomains'],
    find({ customDomains: known }, { customDomain }) {
      const found = known.find(({ domain }) => domain === customDomain)
      if (!customDomain || found?.status === 'ready') return []
      return [
        {
          severity: 'error',
          title: found
            ? `${customDomain} is not verified yet`
            : `The tenant has no custom domain ${customDomain}`,
          why: 'Login buttons lead to an address that does not answer.',
          where: customDomains,
          value: customDomain,
        },
      ]
    },
  }),

  defineCheck({
    code: 'custom-issuer',
    title: 'The custom domain speaks in its own name',
    needs: ['customIssuer'],
    find: ({ customIssuer: issuer }, { customDomain }) =>
      customDomain && issuer !== toIssuer(customDomain)
        ? [
            {
              severity: 'error',
              title: `${customDomain} issues tokens as ${issuer}`,
              why: 'Login ends with an error: your site only trusts tokens of the domain it sent the visitor to.',
              where: customDomains,
              value: toIssuer(customDomain),
            },
          ]
        : [],
  }),
]

/** How long a login lasts, and what a stolen token is worth. */
export const sessionChecks = [
  defineCheck({
    code: 'refresh-rotation',
    title: 'Refresh tokens rotate',
    needs: ['application'],
    find: ({ application }, { use }) =>
      application.grant_types.includes('refresh_token') &&
      application.refresh_token?.rotation_type !== 'rotating'
        ? [
            {
              severity: use.storage === 'localstorage' ? 'error' : 'warning',
              title: 'Refresh tokens do not rotate',
              why: 'A token that is stolen once opens the visitor’s account until it expires, and nobody notices.',
              where: inApplication(application, 'Settings', 'Refresh Token Rotation'),
              value: 'Allow Refresh Token Rotation',
            },
          ]
        : [],
  }),

  defineCheck({
    code: 'refresh-lifetime',
    title: 'Refresh tokens end some day',
    needs: ['application'],
    find({ application }) {
      const { refresh_token: settings, grant_types } = application
      if (!grant_types.includes('refresh_token') || !settings) return []
      const isEndless =
        settings.expiration_type === 'non-expiring' || settings.infinite_token_lifetime === true
      const lifetime = settings.token_lifetime ?? 0
      if (!isEndless && lifetime <= thirtyDays) return []
      const path = ['Settings', 'Refresh Token Expiration', 'Maximum Refresh Token Lifetime']
      return [
        {
          severity: 'warning',
          title: isEndless
            ? 'Refresh tokens never expire'
            : `Refresh tokens last ${String(Math.round(lifetime / 86_400))} days`,
          why: 'A visitor on a shared or lost device stays logged in for longer than they expect.',
          where: inApplication(application, ...path),
          value: String(thirtyDays),
        },
      ]
    },
  }),

  defineCheck({
    code: 'reload-session',
    title: 'Logins survive a reload in browsers that block tracking',
    needs: [],
    find: (_parts, { use, customDomain, environment }) =>
      use.storage === 'memory' &&
      !customDomain &&
      environment === 'production' &&
      !use.sites.every(({ callback }) => isLoopbackAddress(callback))
        ? [
            {
              severity: 'notice',
              title: 'Tokens are kept in memory, and there is no custom domain',
              why: 'Safari, Firefox and Brave block the tenant’s cookie, so a visitor who reloads a page logs in again.',
              where: `${customDomains}, or keep tokens in localStorage with rotating refresh tokens`,
            },
          ]
        : [],
  }),
]
