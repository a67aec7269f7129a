import { defineCheck } from '../check.ts'

const withoutKeys = [
  'auth0',
  'email',
  'sms',
  'samlp',
  'waad',
  'oidc',
  'okta',
  'ad',
  'adfs',
  'google-apps',
  'pingfederate',
]

export const socialKeys = defineCheck({
  code: 'social-keys',
  title: 'Social logins have keys of your own',
  needs: ['application', 'identityProviders'],
  find: ({ application, identityProviders }, { environment }) =>
    identityProviders
      .filter(({ strategy }) => !withoutKeys.includes(strategy))
      .filter(
        ({ enabled_clients: enabled }) => !application || (enabled?.includes(application.client_id) ?? true),
      )
      .filter(({ options }) => !options?.client_id)
      .map(({ name }) => ({
        severity: environment === 'production' ? 'warning' : 'notice',
        title: `${name} runs on Auth0’s developer keys`,
        why: 'Silent login fails, visitors see Auth0’s name in the place of yours, and Auth0 may cut it off at any time.',
        where: `Auth0 › Authentication › Social › ${name} › Client ID and Client Secret`,
        value: name,
      })),
})
