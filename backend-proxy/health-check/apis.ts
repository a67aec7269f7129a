import { defineCheck, inApplication } from './check.ts'

const isManagementApi = (audience: string): boolean => /\/api\/v2\/?$/.test(audience)

const standardScopes = ['openid', 'profile', 'email', 'address', 'phone', 'offline_access']

/** The APIs that access tokens are asked for, and their scopes. */
export const apiChecks = [
  defineCheck({
    code: 'audience-management',
    title: 'The audience is not Auth0’s own Management API',
    needs: ['apis'],
    find: ({ apis }, { audiences }) =>
      audiences
        .filter((audience) => apis.get(audience)?.is_system || isManagementApi(audience))
        .map((audience) => ({
          severity: 'error',
          title: 'The API audience is Auth0’s Management API',
          why: 'Your visitors would hold tokens that can change your tenant. Nothing of yours should accept them.',
          where: 'Connection › API audience',
          value: audience,
        })),
  }),

  defineCheck({
    code: 'audience-missing',
    title: 'The API that is asked for exists',
    needs: ['apis'],
    find: ({ apis }) =>
      [...apis]
        .filter(([audience, api]) => !api && !isManagementApi(audience))
        .map(([audience]) => ({
          severity: 'error',
          title: `There is no API ${audience}`,
          why: 'Every login ends with "Service not found". An audience is compared letter by letter, last slash included.',
          where: 'Auth0 › Applications › APIs',
          value: audience,
        })),
  }),

  defineCheck({
    code: 'audience-unreachable',
    title: 'A login reaches every API that is asked for',
    needs: ['application', 'apis'],
    find({ application, apis }, { use }) {
      const policies = (use.multiResource && application.refresh_token?.policies) || []
      return use.silentAudiences
        .filter((one) => apis.get(one) && !policies.some((policy) => policy.audience === one))
        .map((one) => ({
          severity: 'warning',
          title: `A login does not reach the API ${apis.get(one)?.name ?? one}`,
          why: 'Its token is asked for in a hidden frame. Browsers that block third-party cookies refuse that, and the step ends with auth/more-access-required until “Ask for more access” has run.',
          where: inApplication(application, 'Settings', 'Multi-Resource Refresh Token'),
          value: one,
        }))
    },
  }),

  defineCheck({
    code: 'token-without-audience',
    title: 'Access tokens are asked for with an API',
    needs: [],
    find: (_, { use, audience }) =>
      use.asksForOwnToken && !audience
        ? [
            {
              severity: 'warning',
              title: 'An access token is asked for, and no API is chosen',
              why: 'Auth0 answers with a token that only its own profile endpoint can read: your API refuses it.',
              where: 'Connection › API audience',
            },
          ]
        : [],
  }),

  defineCheck({
    code: 'scope-unknown',
    title: 'The scopes that are asked for exist',
    needs: ['apis'],
    find({ apis }, { use, audiences }) {
      // Of very many APIs not all are read.
      if (apis.size < audiences.length) return []
      const offered = audiences.flatMap((audience) => apis.get(audience)?.scopes ?? [])
      const known = new Set([...standardScopes, ...offered])
      const [audience] = audiences
      const where = audience
        ? `Auth0 › Applications › APIs › ${apis.get(audience)?.name ?? audience} › Permissions`
        : 'Connection › API audience'
      return use.scopes
        .filter((scope) => !known.has(scope))
        .map((scope) => ({
          severity: 'warning',
          title: audience
            ? `No API that you use has the scope ${scope}`
            : `The scope ${scope} is asked for without an API audience`,
          why: 'Auth0 leaves it out of the visitor’s token without a word, and calls that need it are refused.',
          where,
          value: scope,
        }))
    },
  }),

  defineCheck({
    code: 'offline-access',
    title: 'The API allows logins to be renewed',
    needs: ['apis'],
    find: ({ apis }) =>
      [...apis.values()].flatMap((api) =>
        api?.allow_offline_access === false && !api.is_system
          ? {
              severity: 'warning',
              title: `${api.name} does not allow offline access`,
              why: 'Auth0 hands out no refresh token, so visitors are logged out on reload or when the token ends.',
              where: `Auth0 › Applications › APIs › ${api.name} › Settings › Allow Offline Access`,
              value: 'On',
            }
          : [],
      ),
  }),
]
