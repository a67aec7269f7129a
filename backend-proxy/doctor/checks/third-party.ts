import { defineCheck, inApplication } from '../check.ts'

export const thirdParty = defineCheck({
  code: 'third-party',
  title: 'The application is one of your own',
  needs: ['application'],
  find: ({ application }) =>
    application?.is_first_party === false
      ? [
          {
            severity: 'warning',
            title: 'Auth0 treats the application as somebody else’s',
            why: 'Every visitor is asked whether this application may see her account, and silent login fails.',
            where: `${inApplication(application)} (is_first_party, through the Management API)`,
            value: 'true',
          },
        ]
      : [],
})
