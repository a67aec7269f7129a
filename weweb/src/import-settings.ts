import {
  environments,
  toDomain,
  toPublicConnection,
  type Environment,
  type PublicSettings,
} from 'lowgate/contract'
import type { WewebPublicData } from 'lowgate/weweb'

export interface ImportedSettings {
  publicData: WewebPublicData
  /** What was left behind, and what to do about it, in words for the builder. */
  dropped: string[]
}

/** Where the official plugin's rule put a visitor's roles. */
const officialRolesClaim = 'https://auth0.weweb.io/roles'

const notes: Record<string, string> = {
  M2MClientId: 'The M2M client ID: enter it again under Connections, with its secret.',
  M2MClientSecret:
    'The M2M client secret: enter it under Connections, from where it goes to the proxy only. It was in this project before, so rotate it in Auth0.',
  SPAClientSecret:
    'The secret of the SPA application: browsers need none. It was in this project before, so rotate it in Auth0.',
  scope: 'The scopes: name additional ones in the login actions.',
  afterSignInPageId:
    'The page after login: visitors come back to the page they asked for, unless a login action names one.',
  roleKey: 'Where roles are read from: name the claim under Access; Auth0 keeps “roles” for itself.',
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const toText = (value: unknown) => (typeof value === 'string' && value.trim() ? value.trim() : undefined)

/** A value of the integration for an environment; it has one for each, or one for all. */
const valueFor = (value: unknown, environment: Environment) =>
  toText(isRecord(value) ? value[`${environment}Value`] : value)

function toConnection(config: Record<string, unknown>, environment: Environment) {
  const find = (name: string) => valueFor(config[name], environment)
  const domain = toDomain(find('domain') ?? '')
  const customDomain = toDomain(find('customDomain') ?? '')
  const tenant = domain ?? customDomain
  return (
    tenant &&
    toPublicConnection({
      domain: tenant,
      customDomain,
      clientId: find('SPAClientId'),
      audience: find('audience'),
    })
  )
}

const leftBehind = (config: Record<string, unknown>) =>
  Object.keys(notes).flatMap((name) =>
    config[name] === undefined || config[name] === '' || config[name] === null ? [] : (notes[name] ?? []),
  )

/** Those of the official plugin: `{ publicData, privateData }`. It had one tenant for every environment. */
function importPlugin(old: Record<string, unknown>, privateData: unknown): ImportedSettings {
  const connection = toConnection(old, 'production')
  const loginPage = toText(old['afterNotSignInPageId'])
  const deniedPage = toText(old['afterForbiddenPageId'])
  const roles = Array.isArray(old['roles']) ? (old['roles'] as { id: string; name: string }[]) : undefined
  const settings: PublicSettings = {
    connections: connection ? { production: connection } : {},
    rolesClaim: officialRolesClaim,
    ...(loginPage && { loginPage: { pageId: loginPage } }),
    ...(deniedPage && { deniedPage: { pageId: deniedPage } }),
  }
  return {
    publicData: { settings, ...(roles && { roles }) },
    dropped: [
      ...(connection
        ? []
        : [
            'The connection: its domain or application is missing or not readable. Enter it under Connections.',
          ]),
      ...leftBehind({ ...old, ...(isRecord(privateData) && privateData) }),
      'The Auth0 Rule that wrote roles into the profile: Rules no longer run. Write them in a post-login Action.',
    ],
  }
}

/** Those of WeWeb's integration: the `config` of its connection. */
function importIntegration(config: Record<string, unknown>): ImportedSettings {
  const found = environments.flatMap((environment) => {
    const connection = toConnection(config, environment)
    return connection ? [[environment, connection] as const] : []
  })
  const missing = (['editor', 'staging', 'production'] as const).filter(
    (name) => !found.some(([environment]) => environment === name),
  )
  return {
    publicData: { settings: { connections: Object.fromEntries(found) } },
    dropped: [
      ...missing.map(
        (name) =>
          `The connection for ${name}: its values are in environment variables, which are not part of the settings. Enter it under Connections.`,
      ),
      ...leftBehind(config),
      'Access rules of pages (security): set them again under Access. Roles: name their claim there.',
    ],
  }
}

/**
 * The settings of WeWeb's official Auth0 plugin, or of its Auth0 integration, as Lowgate's. No secret is taken along.
 *
 * @param old `{ publicData, privateData }` of the plugin, or a connection (`{ config }`) of the integration.
 * @returns `undefined` for what is neither.
 * @example
 * const imported = importSettings({ publicData: { domain: 'acme.eu.auth0.com', SPAClientId: 'abc' } })
 */
export function importSettings(old: unknown): ImportedSettings | undefined {
  if (!isRecord(old)) return undefined
  if (isRecord(old['publicData'])) return importPlugin(old['publicData'], old['privateData'])
  return isRecord(old['config']) ? importIntegration(old['config']) : undefined
}
