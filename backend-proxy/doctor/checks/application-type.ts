import { defineCheck, inApplication } from '../check.ts'

export const applicationType = defineCheck({
  code: 'application-type',
  title: 'The application is a Single Page Application',
  needs: ['application'],
  find: ({ application }) =>
    application && application.app_type !== 'spa'
      ? [
          {
            severity: 'error',
            title: `${application.name} is no Single Page Application`,
            why: 'Auth0 asks other kinds of applications for a secret that a browser cannot keep, so logins end with an error.',
            where: inApplication(application, 'Settings', 'Application Type'),
            value: 'Single Page Application',
          },
        ]
      : [],
})
