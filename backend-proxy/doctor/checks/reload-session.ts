import { isLoopbackAddress } from '../addresses.ts'
import { defineCheck } from '../check.ts'

export const reloadSession = defineCheck({
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
            why: 'Safari, Firefox and Brave keep the tenant’s cookie back, so a visitor who reloads a page logs in again.',
            where:
              'Auth0 › Branding › Custom Domains, or keep tokens in localStorage with rotating refresh tokens',
          },
        ]
      : [],
})
