import { defineCheck, inApplication } from '../check.ts'

export const wildcardAddress = defineCheck({
  code: 'wildcard-address',
  title: 'No wildcards in the lists of a production application',
  needs: ['application'],
  find: ({ application }, { environment }) =>
    application && environment === 'production'
      ? [...application.callbacks, ...application.allowed_logout_urls, ...application.web_origins]
          .filter((entry) => entry.includes('*'))
          .map((entry) => ({
            severity: 'warning',
            title: `${entry} allows more than one address`,
            why: 'Whoever gets hold of any address that it covers can have your visitors’ logins sent there.',
            where: inApplication(application, 'Settings'),
            value: entry,
          }))
      : [],
})
