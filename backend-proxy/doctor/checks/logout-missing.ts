import { nearMiss, notCovered, withoutQuery } from '../addresses.ts'
import { defineCheck, inApplication } from '../check.ts'

export const logoutMissing = defineCheck({
  code: 'logout-missing',
  title: 'Allowed Logout URLs hold the address after logout',
  needs: ['application'],
  find: ({ application }, { use }) => {
    if (!application) return []
    const entries = application.allowed_logout_urls.map(withoutQuery)
    return notCovered(
      use.sites.map(({ logout }) => withoutQuery(logout)),
      entries,
    ).map((logout) => ({
      severity: 'error',
      title: `${logout} is not among the Allowed Logout URLs`,
      why: `Logout ends on an error page of Auth0.${nearMiss(logout, entries)}`,
      where: inApplication(application, 'Settings', 'Allowed Logout URLs'),
      value: logout,
      fix: { field: 'allowedLogoutUrls', add: [logout] },
    }))
  },
})
