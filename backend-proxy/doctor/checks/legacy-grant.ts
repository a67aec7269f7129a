import { defineCheck, inApplication } from '../check.ts'

const legacy = ['implicit', 'password', 'http://auth0.com/oauth/grant-type/password-realm']

export const legacyGrant = defineCheck({
  code: 'legacy-grant',
  title: 'No grant types that hand out tokens or take passwords directly',
  needs: ['application'],
  find: ({ application }) =>
    application
      ? application.grant_types
          .filter((grant) => legacy.includes(grant))
          .map((grant) => ({
            severity: 'warning',
            title: `The grant type ${grant} is turned on`,
            why: 'Your site does not use it, and it lets tokens or passwords of your visitors pass where they can be read.',
            where: inApplication(application, 'Settings', 'Advanced Settings', 'Grant Types'),
            value: grant,
          }))
      : [],
})
