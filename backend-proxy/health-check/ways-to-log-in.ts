import { canBeOrganization, isOrganizationId, suggestOrganizationName } from 'lowgate/contract'
import { defineCheck, inApplication } from './check.ts'

/** Strategies that need no keys of a social provider. */
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

/** Whether an identity provider is turned on for the application, as far as the tenant says. */
const isOn = (
  { enabled_clients: enabled }: { enabled_clients?: string[] | null | undefined },
  application: { client_id: string },
): boolean => enabled?.includes(application.client_id) ?? true

/** Organizations and identity providers: where a login leads to. */
export const waysToLogIn = [
  defineCheck({
    code: 'organization-usage',
    title: 'The application allows organizations where actions use them',
    needs: ['application'],
    find({ application }, { organizations }) {
      const usage = application.organization_usage ?? 'deny'
      const where = inApplication(application, 'Organizations')
      if (organizations.length && usage === 'deny')
        return [
          {
            severity: 'error',
            title: 'The application does not allow organizations',
            why: `Logins to ${organizations.join(', ')} end on an error page.`,
            where,
            value: 'Both',
          },
        ]
      const prompts = application.organization_require_behavior === 'pre_login_prompt'
      if (!organizations.length && usage === 'require' && !prompts)
        return [
          {
            severity: 'error',
            title: 'The application requires an organization, and none is sent',
            why: 'Logins that name no organization end with "parameter organization is required for this client".',
            where,
            value: 'Prompt for Organization',
          },
        ]
      return []
    },
  }),

  defineCheck({
    code: 'organization-missing',
    title: 'The organizations that are used exist',
    needs: ['organizations'],
    find: ({ organizations }) =>
      [...organizations]
        .filter(([, exists]) => !exists)
        .map(([organization]) => ({
          severity: 'error',
          where: 'Auth0 › Organizations › Overview › Name',
          ...(canBeOrganization(organization)
            ? {
                title: `There is no organization ${organization}`,
                why: 'Logins to it end with an error.',
                value: organization,
              }
            : {
                title: `“${organization}” is not the name of an organization, but perhaps its display name`,
                why: 'Logins to it end with an error: Auth0 takes the short name only, which may be the one below.',
                value: suggestOrganizationName(organization),
              }),
        })),
  }),

  defineCheck({
    code: 'organization-names',
    title: 'Organizations may be named where they are',
    needs: ['namesOrganizations'],
    find({ namesOrganizations }, { organizations }) {
      const names = organizations.filter((organization) => !isOrganizationId(organization))
      if (namesOrganizations || !names.length) return []
      return [
        {
          severity: 'error',
          title: `The tenant takes no organization by its name: ${names.join(', ')}`,
          why: 'Tokens hold only the id (no org_name), so pages for these organizations let nobody in, and logins to them end with an error.',
          where: 'Auth0 › Settings › Advanced › Allow Organization Names in Authentication API',
        },
      ]
    },
  }),

  defineCheck({
    code: 'identity-provider-none',
    title: 'Visitors have a way to log in',
    needs: ['application', 'identityProviders'],
    find: ({ application, identityProviders }) =>
      identityProviders.some((provider) => isOn(provider, application))
        ? []
        : [
            {
              severity: 'error',
              title: 'No identity provider is turned on for the application',
              why: 'Auth0’s login page answers that no connections are enabled.',
              where: inApplication(application, 'Connections'),
            },
          ],
  }),

  defineCheck({
    code: 'identity-provider-missing',
    title: 'The identity providers that actions name are turned on',
    needs: ['application', 'identityProviders'],
    find: ({ application, identityProviders }, { use }) =>
      use.identityProviders.flatMap((name) => {
        const provider = identityProviders.find((candidate) => candidate.name === name)
        if (provider && isOn(provider, application)) return []
        return {
          severity: 'error',
          title: provider
            ? `The identity provider ${name} is turned off for the application`
            : `There is no identity provider ${name}`,
          why: 'Actions that send visitors straight to it end with an error.',
          where: provider ? inApplication(application, 'Connections') : 'Auth0 › Authentication',
          value: name,
        }
      }),
  }),

  defineCheck({
    code: 'social-keys',
    title: 'Social logins have keys of your own',
    needs: ['application', 'identityProviders'],
    find: ({ application, identityProviders }, { environment }) =>
      identityProviders
        .filter(({ strategy }) => !withoutKeys.includes(strategy))
        .filter((provider) => isOn(provider, application) && !provider.options?.client_id)
        .map(({ name }) => ({
          severity: environment === 'production' ? 'warning' : 'notice',
          title: `${name} runs on Auth0’s developer keys`,
          why: 'Silent login fails, visitors see Auth0’s name instead of yours, and Auth0 may cut it off at any time.',
          where: `Auth0 › Authentication › Social › ${name} › Client ID and Client Secret`,
          value: name,
        })),
  }),
]
