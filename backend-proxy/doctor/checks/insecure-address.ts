import { isLoopbackAddress } from '../addresses.ts'
import { defineCheck, inApplication } from '../check.ts'

export const insecureAddress = defineCheck({
  code: 'insecure-address',
  title: 'No http and no localhost in the lists of a production application',
  needs: ['application'],
  find: ({ application }, { environment }) =>
    application && environment === 'production'
      ? [
          ...new Set([
            ...application.callbacks,
            ...application.allowed_logout_urls,
            ...application.web_origins,
          ]),
        ]
          .filter((entry) => entry.startsWith('http:') || isLoopbackAddress(entry))
          .map((entry) => ({
            severity: 'warning',
            title: `${entry} is ${isLoopbackAddress(entry) ? 'an address of a developer’s machine' : 'not encrypted'}`,
            why: 'Other programs on the way, or on the visitor’s machine, could take over a login meant for your site.',
            where: inApplication(application, 'Settings'),
            value: entry,
          }))
      : [],
})
