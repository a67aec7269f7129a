import { defineCheck, inApplication } from './check.ts'

const neededGrants = {
  authorization_code: { severity: 'error', why: 'Auth0 refuses every login.' },
  refresh_token: {
    severity: 'warning',
    why: 'Visitors have to log in again when their session is an hour or so old.',
  },
} as const

const legacyGrants = ['implicit', 'password', 'http://auth0.com/oauth/grant-type/password-realm']

/** The kinds of application that cannot be picked, as Auth0 names them. */
const otherKinds: Partial<Record<string, string>> = {
  native: 'a Native application',
  non_interactive: 'a Machine to Machine application',
  regular_web: 'a Regular Web Application',
}

/** The SPA application: that it exists and is set up for logins from a browser. */
export const applicationChecks = [
  defineCheck({
    code: 'application-missing',
    title: 'The SPA application exists',
    needs: ['application'],
    find: () => [],
    whenAbsent: ({ clientId }) => [
      {
        severity: 'error',
        title: clientId ? 'The SPA application no longer exists' : 'No SPA application is picked',
        why: 'Nobody can log in: Auth0 does not know who asks.',
        where: 'Connection › SPA application',
        value: clientId,
      },
    ],
  }),

  defineCheck({
    code: 'application-type',
    title: 'The application is a Single Page Application',
    needs: ['application'],
    find({ application }) {
      const { app_type: kind, name } = application
      if (kind === 'spa') return []
      // Those two have a program of their own that would lose its way in.
      const isElsewhere = kind === 'non_interactive' || kind === 'native'
      return [
        {
          severity: 'error',
          title: `${name} is ${otherKinds[kind ?? ''] ?? 'of another kind'}, not a Single Page Application`,
          why: isElsewhere
            ? 'It is not made for logins from a browser. Create a Single Page Application and pick that one here.'
            : 'Auth0 asks other kinds of applications for a secret that a browser cannot keep, so logins end with an error.',
          where: isElsewhere
            ? 'Auth0 › Applications › Create Application'
            : inApplication(application, 'Settings', 'Application Type'),
          value: 'Single Page Application',
        },
      ]
    },
  }),

  defineCheck({
    code: 'token-endpoint-method',
    title: 'The application needs no client secret',
    needs: ['application'],
    find: ({ application }) =>
      (application.token_endpoint_auth_method ?? 'none') === 'none'
        ? []
        : [
            {
              severity: 'error',
              title: 'The application authenticates with a client secret',
              why: 'Logins reach your site and fail there: a browser has no secret to send (401).',
              where: inApplication(application, 'Credentials', 'Authentication Methods'),
              value: 'None',
            },
          ],
  }),

  defineCheck({
    code: 'grant-missing',
    title: 'Grant types allow login and its renewal',
    needs: ['application'],
    find: ({ application }) =>
      Object.entries(neededGrants)
        .filter(([grant]) => !application.grant_types.includes(grant))
        .map(([grant, { severity, why }]) => ({
          severity,
          title: `The grant type ${grant} is turned off`,
          why,
          where: inApplication(application, 'Settings', 'Advanced Settings', 'Grant Types'),
          value: grant,
          fix: { field: 'grantTypes', add: [grant] },
        })),
  }),

  defineCheck({
    code: 'signing-algorithm',
    title: 'Tokens are signed with RS256',
    needs: ['application'],
    find({ application }) {
      const alg = application.jwt_configuration?.alg ?? 'RS256'
      if (alg === 'RS256') return []
      const path = ['Settings', 'Advanced Settings', 'OAuth', 'JSON Web Token Signature Algorithm']
      return [
        {
          severity: 'error',
          title: `ID tokens are signed with ${alg}`,
          why: 'Login ends with an error: a browser can only check signatures made with a public key.',
          where: inApplication(application, ...path),
          value: 'RS256',
        },
      ]
    },
  }),

  defineCheck({
    code: 'legacy-grant',
    title: 'No grant types that hand out tokens or take passwords directly',
    needs: ['application'],
    find: ({ application }) =>
      application.grant_types
        .filter((grant) => legacyGrants.includes(grant))
        .map((grant) => ({
          severity: 'warning',
          title: `The grant type ${grant} is turned on`,
          why: 'Your site does not use it, and it lets tokens or passwords of your visitors pass where they can be read.',
          where: inApplication(application, 'Settings', 'Advanced Settings', 'Grant Types'),
          value: grant,
        })),
  }),

  defineCheck({
    code: 'oidc-conformant',
    title: 'The application follows OpenID Connect',
    needs: ['application'],
    find: ({ application }) =>
      application.oidc_conformant === false
        ? [
            {
              severity: 'warning',
              title: 'The application is set to Auth0’s older behaviour',
              why: 'Refresh tokens and audiences do not work as your site expects.',
              where: inApplication(application, 'Settings', 'Advanced Settings', 'OAuth', 'OIDC Conformant'),
              value: 'On',
            },
          ]
        : [],
  }),

  defineCheck({
    code: 'third-party',
    title: 'The application is one of your own',
    needs: ['application'],
    find: ({ application }) =>
      application.is_first_party === false
        ? [
            {
              severity: 'warning',
              title: 'Auth0 treats the application as somebody else’s',
              why: 'Every visitor is asked whether this application may see their account, and silent login fails.',
              where: `${inApplication(application)} (is_first_party, through the Management API)`,
              value: 'true',
            },
          ]
        : [],
  }),
]
