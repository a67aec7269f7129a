import { defineFields } from './fields.ts'
import type { PublicConnection } from './settings.ts'

/** What a builder fills in for one environment. The form, the proxy's validation and the docs are made from it. */
export const connectionFields = defineFields({
  domain: {
    type: 'text',
    label: 'Domain',
    placeholder: 'your-tenant.eu.auth0.com',
    help: 'Your Auth0 tenant (Domain), from the settings of any application there.',
    required: true,
  },
  m2mClientId: {
    type: 'text',
    label: 'M2M client ID',
    help: 'Of the Machine-to-Machine application that may read your tenant’s settings.',
    required: true,
  },
  m2mClientSecret: {
    type: 'secret',
    label: 'M2M client secret',
    help: 'Sent once, kept encrypted on the server, never shown again.',
    required: true,
  },
  clientId: {
    type: 'remote',
    list: 'applications',
    label: 'SPA application',
    help: 'The application that your visitors log in to (Single Page Application).',
  },
  audience: {
    type: 'remote',
    list: 'apis',
    label: 'API audience',
    help: 'The API your pages call for a logged-in visitor (audience). Leave empty if there is none.',
  },
  organization: {
    type: 'remote',
    list: 'organizations',
    label: 'Organization',
    help: 'Every visitor logs in to this organization, unless an action names another.',
  },
  customDomain: {
    type: 'remote',
    list: 'custom-domains',
    label: 'Custom domain',
    help: 'The domain your visitors see while they log in, if your tenant has one of its own.',
  },
})

/** The part of a connection that may ship, or `undefined` while no application is chosen. */
export function toPublicConnection(connection: {
  domain: string
  clientId?: string | undefined
  audience?: string | undefined
  organization?: string | undefined
  customDomain?: string | undefined
}): PublicConnection | undefined {
  const { domain, customDomain, clientId, audience, organization } = connection
  if (!clientId) return undefined
  return {
    domain: customDomain ?? domain,
    clientId,
    ...(audience && { audience }),
    ...(organization && { organization }),
  }
}

/** The one address, under a site's base path, that Auth0 returns to after login (Allowed Callback URLs). */
export const callbackPath = '/callback'

/** The one address, under a site's base path, that Auth0 returns to after logout (Allowed Logout URLs). */
export const loggedOutPath = '/logged-out'
