import { dangers, dangersOf, nearMiss, notCovered, withoutQuery } from './address-rules.ts'
import { defineCheck, inApplication, type Found, type Project } from './check.ts'
import type { Application } from './tenant-parts.ts'

const listNames = {
  callbacks: 'Allowed Callback URLs',
  allowedLogoutUrls: 'Allowed Logout URLs',
  webOrigins: 'Allowed Web Origins',
} as const

/** How a missing `address` gets into a list of the application, or what to do where it must not get there. */
function toAdd(
  field: keyof typeof listNames,
  address: string,
  application: Application,
  project: Project,
): Pick<Found, 'where' | 'value' | 'fix'> {
  const [danger] = dangersOf(address, project)
  if (danger)
    return {
      where: `The site’s own address ${dangers[danger].says}: give it an https address, or its environment a connection of its own`,
    }
  return {
    where: inApplication(application, 'Settings', listNames[field]),
    value: address,
    fix: { field, add: [address] },
  }
}

/** Every address in the application's lists, each once. */
const addressesOf = ({ callbacks, allowed_logout_urls, web_origins }: Application): string[] => [
  ...new Set([...callbacks, ...allowed_logout_urls, ...web_origins]),
]

/** The application's lists of addresses: what the sites send must be in them, and nothing dangerous. */
export const addressChecks = [
  defineCheck({
    code: 'callback-missing',
    title: 'Allowed Callback URLs hold the address after login',
    needs: ['application'],
    find: ({ application }, project) =>
      notCovered(
        project.use.sites.map(({ callback }) => callback),
        application.callbacks,
      ).map((callback) => ({
        severity: 'error',
        title: `${callback} is not among the Allowed Callback URLs`,
        why: `Every login ends on an error page of Auth0, and never returns to your site.${nearMiss(callback, application.callbacks)}`,
        ...toAdd('callbacks', callback, application, project),
      })),
  }),

  defineCheck({
    code: 'logout-missing',
    title: 'Allowed Logout URLs hold the address after logout',
    needs: ['application'],
    find({ application }, project) {
      const entries = application.allowed_logout_urls.map(withoutQuery)
      return notCovered(
        project.use.sites.map(({ logout }) => withoutQuery(logout)),
        entries,
      ).map((logout) => ({
        severity: 'error',
        title: `${logout} is not among the Allowed Logout URLs`,
        why: `Logout ends on an error page of Auth0.${nearMiss(logout, entries)}`,
        ...toAdd('allowedLogoutUrls', logout, application, project),
      }))
    },
  }),

  defineCheck({
    code: 'web-origin-missing',
    title: 'Allowed Web Origins hold the site',
    needs: ['application'],
    find({ application }, project) {
      const { sites, storage } = project.use
      return notCovered(
        sites.map(({ webOrigin }) => webOrigin),
        application.web_origins,
      ).map((origin) => ({
        severity: storage === 'memory' ? 'error' : 'warning',
        title: `${origin} is not among the Allowed Web Origins`,
        why: `Login in a window never ends${storage === 'memory' ? ', and a visitor who reloads a page is logged out' : ''}.${nearMiss(origin, application.web_origins)}`,
        ...toAdd('webOrigins', origin, application, project),
      }))
    },
  }),

  defineCheck({
    code: 'wildcard-address',
    title: 'No wildcards in the lists of a production application',
    needs: ['application'],
    find: ({ application }, project) =>
      addressesOf(application)
        .filter((entry) => dangersOf(entry, project).includes('wildcard'))
        .map((entry) => ({
          severity: 'error',
          title: `${entry} allows more than one address`,
          why: dangers.wildcard.why,
          where: inApplication(application, 'Settings'),
          value: entry,
        })),
  }),

  defineCheck({
    code: 'insecure-address',
    title: 'Nothing but https addresses of the site in the lists of a production application',
    needs: ['application'],
    find: ({ application }, project) =>
      addressesOf(application).flatMap((entry) => {
        const found = dangersOf(entry, project)
          .filter((name) => name !== 'wildcard')
          .map((name) => dangers[name])
        if (!found.length) return []
        return {
          severity: 'error',
          title: `${entry} ${found.map(({ says }) => says).join(', ')}`,
          why: found.map(({ why }) => why).join(' '),
          where: inApplication(application, 'Settings'),
          value: entry,
        }
      }),
  }),

  defineCheck({
    code: 'initiate-login',
    title: 'Application Login URI leads to the site',
    needs: ['application'],
    find({ application }, { use }) {
      const wanted = use.sites.flatMap(({ initiateLogin }) => initiateLogin ?? [])
      const [first] = wanted
      if (!first || wanted.includes(application.initiate_login_uri ?? '')) return []
      return [
        {
          severity: 'notice',
          title: application.initiate_login_uri
            ? `The Application Login URI is ${application.initiate_login_uri}`
            : 'There is no Application Login URI',
          why: 'A visitor who bookmarked the login page, or follows an invitation, does not arrive at your site.',
          where: inApplication(application, 'Settings', 'Application Login URI'),
          value: first,
        },
      ]
    },
  }),

  defineCheck({
    code: 'loopback-confirmation',
    title: 'Logins on a developer’s machine need no extra step',
    needs: ['application'],
    find: ({ application }, { use }) =>
      !application.skip_non_verifiable_callback_uri_confirmation_prompt &&
      use.sites.some(({ callback }) => /^(localhost|127\.0\.0\.1|\[::1\])$/.test(new URL(callback).hostname))
        ? [
            {
              severity: 'notice',
              title: 'Auth0 asks for a confirmation before it returns to localhost',
              why: 'Login takes one click more there, and silent login fails. Names such as shop.localhost are exempt.',
              where: `${inApplication(application, 'Settings')} (skip_non_verifiable_callback_uri_confirmation_prompt, through the Management API)`,
              value: 'true',
            },
          ]
        : [],
  }),
]
