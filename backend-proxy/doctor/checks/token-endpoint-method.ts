import { defineCheck, inApplication } from '../check.ts'

export const tokenEndpointMethod = defineCheck({
  code: 'token-endpoint-method',
  title: 'The application needs no client secret',
  needs: ['application'],
  find: ({ application }) =>
    application && (application.token_endpoint_auth_method ?? 'none') !== 'none'
      ? [
          {
            severity: 'error',
            title: 'The application authenticates with a client secret',
            why: 'Logins reach your site and fail there: a browser has no secret to send (401).',
            where: inApplication(application, 'Credentials', 'Authentication Methods'),
            value: 'None',
          },
        ]
      : [],
})
