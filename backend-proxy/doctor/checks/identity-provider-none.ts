import { defineCheck, inApplication } from '../check.ts'

export const identityProviderNone = defineCheck({
  code: 'identity-provider-none',
  title: 'Visitors have a way to log in',
  needs: ['application', 'identityProviders'],
  find: ({ application, identityProviders }) =>
    application &&
    !identityProviders.some(({ enabled_clients }) => enabled_clients?.includes(application.client_id) ?? true)
      ? [
          {
            severity: 'error',
            title: 'No identity provider is turned on for the application',
            why: 'Auth0’s login page answers that no connections are enabled.',
            where: inApplication(application, 'Connections'),
          },
        ]
      : [],
})
