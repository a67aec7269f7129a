import { nearMiss, notCovered } from '../addresses.ts'
import { defineCheck, inApplication } from '../check.ts'

export const webOriginMissing = defineCheck({
  code: 'web-origin-missing',
  title: 'Allowed Web Origins hold the site',
  needs: ['application'],
  find: ({ application }, { use }) =>
    application
      ? notCovered(
          use.sites.map(({ webOrigin }) => webOrigin),
          application.web_origins,
        ).map((origin) => ({
          severity: use.storage === 'memory' ? 'error' : 'warning',
          title: `${origin} is not among the Allowed Web Origins`,
          why: `Login in a window never ends${use.storage === 'memory' ? ', and a visitor who reloads a page is logged out' : ''}.${nearMiss(origin, application.web_origins)}`,
          where: inApplication(application, 'Settings', 'Allowed Web Origins'),
          value: origin,
          fix: { field: 'webOrigins', add: [origin] },
        }))
      : [],
})
