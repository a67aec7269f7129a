/**
 * What a project asks of its tenant, for a host that checks it on a server: nothing here needs Vue.
 *
 * @module
 */
import {
  callbackPath,
  environmentInForce,
  environments,
  isBinding,
  joinBasePath,
  loggedOutPath,
  parametersOf,
  toOrganization,
  type EditorHost,
  type Environment,
  type RemoteList,
  type SiteAddress,
} from 'lowgate/contract'
import type { ProjectUse, SiteUse } from 'lowgate/contract/proxy-api'
import { findAction, upgradeArgs } from 'lowgate/workflow-actions/definitions'

/** The part of a host that the health check is about. */
export type CheckedHost = Pick<EditorHost, 'pages' | 'sites' | 'actions' | 'settings'>

/**
 * The addresses that a site hands to Auth0, character by character as its runtime sends them: an entry for each landing, or
 * one with the fixed paths.
 *
 * @param loginPath Of the page that visitors log in on, below the base path. Default: the site's first landing, or its home.
 */
export function toSiteUses({ origin, basePath, landings = [] }: SiteAddress, loginPath?: string): SiteUse[] {
  const toPath = (path: string) => joinBasePath(basePath, path)
  const [home = toPath('/')] = landings
  const site = {
    webOrigin: origin,
    // Auth0 starts a login only at an https address.
    ...(origin.startsWith('https:') && { initiateLogin: origin + (loginPath ? toPath(loginPath) : home) }),
  }
  if (!landings.length)
    return [{ callback: origin + toPath(callbackPath), logout: origin + toPath(loggedOutPath), ...site }]
  return landings.map((landing) => ({ callback: origin + landing, logout: origin + landing, ...site }))
}

/** The path of the login page of the settings, if it is the same for every visitor. */
function loginPathOf({ pages, settings }: CheckedHost): string | undefined {
  const page = pages.find(({ id }) => id === settings.loginPage?.pageId)
  return page && !parametersOf(page.path).length ? page.path : undefined
}

/**
 * What the project will ask of the tenant that serves `environment`: the addresses of every site that falls back to
 * it, and what actions and settings name. Bound values are unknown until a visitor is there, so they are left out.
 */
export function toProjectUse(
  host: CheckedHost,
  environment: Environment,
  isConnected: (environment: Environment) => boolean,
): ProjectUse {
  const { settings, sites } = host
  const served = environments.filter(
    (one) => one === environment || environmentInForce(one, isConnected) === environment,
  )
  const connection = settings.connections[environment]
  return {
    sites: served.flatMap((one) => (sites[one] ? toSiteUses(sites[one], loginPathOf(host)) : [])),
    scopes: unique(fixedTexts(host, (name) => name === 'scope').flatMap(words)),
    audiences: unique([...ofList(host, 'apis'), connection?.audience]),
    silentAudiences: silentAudiences(host, connection?.audience),
    asksForOwnToken: (host.actions ?? []).some(
      ({ code, args }) => findAction(code)?.code === 'getAccessToken' && !args.audience,
    ),
    multiResource: settings.multiResource === true,
    organizations: unique(
      [
        ...ofList(host, 'organizations'),
        ...host.pages.flatMap(({ organizations }) => organizations ?? []),
        connection?.organization,
      ].map((one) => one && toOrganization(one)),
    ),
    identityProviders: unique(ofList(host, 'identity-providers')),
    storage: settings.storage ?? 'localstorage',
    ...(settings.rolesClaim && { rolesClaim: settings.rolesClaim }),
  }
}

/** APIs that a step asks a token for and no step that leads to the tenant. */
function silentAudiences(host: CheckedHost, own: string | undefined): string[] {
  const named = (isSilent: boolean) =>
    fixedTexts(host, (name, code) => name === 'audience' && (code === 'getAccessToken') === isSilent)
  const reached = [own, ...named(false)]
  return unique(named(true)).filter((audience) => !reached.includes(audience))
}

const words = (text: string) => text.split(/\s+/)
const unique = (values: (string | undefined)[]) =>
  [...new Set(values.filter((value) => value !== undefined && value !== ''))] as string[]

/** The fixed texts that the project's actions hold in the fields that `isWanted`. */
function fixedTexts(host: CheckedHost, isWanted: (name: string, code: string) => boolean): string[] {
  return (host.actions ?? []).flatMap(({ code, args }) =>
    Object.entries(upgradeArgs(findAction(code)?.fields ?? {}, args))
      .filter(([name, value]) => isWanted(name, code) && !isBinding(value))
      .flatMap(([, value]) => (typeof value === 'string' && value.trim() ? [value.trim()] : [])),
  )
}

const ofList = (host: CheckedHost, list: RemoteList) =>
  fixedTexts(host, (name, code) => {
    const field = findAction(code)?.fields[name]
    return field?.type === 'remote' && field.list === list
  })
