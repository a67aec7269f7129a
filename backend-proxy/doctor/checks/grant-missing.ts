import { defineCheck, inApplication } from '../check.ts'

const needed = {
  authorization_code: { severity: 'error', why: 'Auth0 refuses every login.' },
  refresh_token: {
    severity: 'warning',
    why: 'Visitors have to log in again when their session is an hour or so old.',
  },
} as const

export const grantMissing = defineCheck({
  code: 'grant-missing',
  title: 'Grant types allow login and its renewal',
  needs: ['application'],
  find: ({ application }) =>
    application
      ? Object.entries(needed)
          .filter(([grant]) => !application.grant_types.includes(grant))
          .map(([grant, { severity, why }]) => ({
            severity,
            title: `The grant type ${grant} is turned off`,
            why,
            where: inApplication(application, 'Settings', 'Advanced Settings', 'Grant Types'),
            value: grant,
            fix: { field: 'grantTypes', add: [grant] },
          }))
      : [],
})
