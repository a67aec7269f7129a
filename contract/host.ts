import type { Environment } from './environments.ts'
import type { PageReference } from './page-reference.ts'
import type { ProxyClient } from './proxy-api/client.ts'
import type { PublicSettings } from './settings.ts'

/**
 * What the runtime in a visitor's browser needs of its host. A host writes one adapter; the adapters for Vue and
 * for WeWeb are in `plugin/adapters/`.
 */
export interface RuntimeHost {
  /** The host's own answer; an entry for the origin in the settings wins over it. */
  environment(): Environment
  /** The path the site lives under, such as `/` or `/shop/`. */
  basePath: string
  /**
   * Tells this site apart from others under the same origin: letters, digits, `-` and `_`. It is part of the name
   * of everything the browser keeps, so that no site sees another's session. Default: the origin has one site.
   */
  site?: string
  /**
   * The address to which the tenant sends visitors back, after a login and after a logout: of a page that everyone may
   * see, as the browser shows it. Only the answer to a login or logout of this tab is taken there. Default: `/callback`
   * and `/logged-out` under the base path, where no page is.
   */
  landing?(): string
  /** The address of a page under the base path, as the browser shows it: path, query and hash. @throws `config/page-missing` */
  pageAddress(page: PageReference): string
  /** Shows an address of this site without reloading the page. */
  navigate(address: string, options?: { replace?: boolean }): Promise<void>
}

/** A page of the project, as the editor's pickers and checks see it. */
export interface PageSummary {
  id: string
  name: string
  path: string
  /** The organizations that its guard names, by id or name: whether the tenant knows them is checked. */
  organizations?: readonly string[]
}

/** The names of the parameters in a page's path, such as `/users/:id` or `/users/{{id|}}`. */
export const parametersOf = (path: string): string[] =>
  [...path.matchAll(/:(\w+)|\{\{(\w+)/g)].map(([, name, other]) => name ?? other ?? '')

/** Where a site is reached: what Auth0's lists of allowed addresses must hold. */
export interface SiteAddress {
  /** Scheme, host and port, without a last slash. */
  origin: string
  /** Starts and ends with a slash. */
  basePath: string
  /**
   * Of a host whose runtime has a `landing`: every path that it answers, base path included, such as one for each language.
   * Auth0's lists of callback and logout addresses must hold each. Default: `/callback` and `/logged-out` under the base path.
   */
  landings?: readonly string[]
}

/** A step of a workflow that is one of Lowgate's actions, as stored: fixed values and bindings. */
export interface ActionUse {
  code: string
  args: Readonly<Record<string, unknown>>
}

/** What the panels in a builder's editor need of their host. */
export interface EditorHost {
  /** Under which the proxy keeps the project's connections: letters, digits, `-` and `_`. */
  projectId: string
  /**
   * Where your own server forwards to the backend proxy, as this browser reaches it. Without it and `proxy` the connection
   * panel asks the builder for the proxy's address and an editor token.
   */
  proxyUrl?: string
  /** Instead of `proxyUrl`, a client that you made, such as one whose token you renew yourself. */
  proxy?: ProxyClient
  /** To choose from wherever a page is named. */
  pages: PageSummary[]
  /** Where the project's sites are reached. One that is absent is neither checked nor tried. */
  sites: Partial<Record<Environment, SiteAddress>>
  /** Lowgate's actions in the workflows of the project: what they send is checked before a visitor sends it. */
  actions?: readonly ActionUse[]
  /** The project's public settings. The panels hand a changed copy to `saveSettings`. */
  settings: PublicSettings
  /** Keeps the settings with the project; what it throws is shown beside what was changed. */
  saveSettings(settings: PublicSettings): Promise<void>
}
