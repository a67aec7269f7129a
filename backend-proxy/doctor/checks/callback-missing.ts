import { nearMiss, notCovered } from '../addresses.ts'
import { defineCheck, inApplication } from '../check.ts'

export const callbackMissing = defineCheck({
  code: 'callback-missing',
  title: 'Allowed Callback URLs hold the address after login',
  needs: ['application'],
  find: ({ application }, { use }) =>
    application
      ? notCovered(
          use.sites.map(({ callback }) => callback),
          application.callbacks,
        ).map((callback) => ({
          severity: 'error',
          title: `${callback} is not among the Allowed Callback URLs`,
          why: `Every login ends on an error page of Auth0, and never returns to your site.${nearMiss(callback, application.callbacks)}`,
          where: inApplication(application, 'Settings', 'Allowed Callback URLs'),
          value: callback,
          fix: { field: 'callbacks', add: [callback] },
        }))
      : [],
})
