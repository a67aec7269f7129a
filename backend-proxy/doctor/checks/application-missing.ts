import { defineCheck } from '../check.ts'

export const applicationMissing = defineCheck({
  code: 'application-missing',
  title: 'The SPA application exists',
  needs: ['application'],
  find: ({ application }, { clientId }) =>
    application
      ? []
      : [
          {
            severity: 'error',
            title: clientId ? 'The SPA application does not exist any more' : 'No SPA application is picked',
            why: 'Nobody can log in: Auth0 does not know who asks.',
            where: 'Connection › SPA application',
            ...(clientId && { value: clientId }),
          },
        ],
})
