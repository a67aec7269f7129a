import { defineCheck, inApplication } from '../check.ts'

export const oidcConformant = defineCheck({
  code: 'oidc-conformant',
  title: 'The application follows OpenID Connect',
  needs: ['application'],
  find: ({ application }) =>
    application?.oidc_conformant === false
      ? [
          {
            severity: 'warning',
            title: 'The application is set to Auth0’s older behaviour',
            why: 'Refresh tokens and audiences do not work as your site expects.',
            where: inApplication(application, 'Settings', 'Advanced Settings', 'OAuth', 'OIDC Conformant'),
            value: 'On',
          },
        ]
      : [],
})
