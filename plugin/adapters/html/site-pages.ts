import type { PublicSettings } from '../../../contract/index.ts'
import { toName } from '../../browser/probe.ts'

/** What a site says of itself, the same on all its pages. */
export interface PageSettings {
  /** The public settings: connections by environment, the claim that holds roles and more. */
  settings: PublicSettings
  /**
   * Who may see which pages: a path as the browser shows it, or the start of one that ends in `/*`, with the words of
   * `data-lowgate-show`. Every rule that fits must allow. Capitals, a last slash, `.html` and `index.html` make no
   * difference. Default: everyone may see every page.
   */
  pages?: Readonly<Record<string, string>>
  /**
   * The path of the page to which Auth0 sends visitors back after a login and after a logout. Default: `basePath`.
   */
  landing?: string
  /** The path that the site lives under. Default: `/`. */
  basePath?: string
  /** Tells sites apart that share an origin: letters, digits, `-` and `_`. Default: the origin has one site. */
  site?: string
}

/** What the small part hands to the large one. */
export interface Page {
  config: PageSettings
  /** The rules that show and hide the parts of the page. */
  parts: CSSStyleSheet
  cover: CSSStyleSheet
  /** The path whose rules were asked about last. */
  path: string
  /** Called at every change of the state. */
  paint(): void
}

/** Where the browser keeps the conditions that its visitor did not meet, as JSON. */
export const toUnmetName = ({ site }: PageSettings): string => toName(site, 'unmet')

export const toLanding = ({ basePath = '/', landing = basePath }: PageSettings): string => landing

/** A path without what makes no difference to a server. */
const toPlain = (path: string) =>
  unescape(path)
    .toLowerCase()
    .replace(/\/+/g, '/')
    .replace(/(\/index)?(\.html?)?\/?$/, '')

/** Whether the rule for `pattern` is one for the page at `path`. */
export function fits(pattern: string, path: string): boolean {
  const [start = '', rest] = new URL(pattern, location.origin).pathname.split('/*')
  return (
    `${toPlain(path)}/`.startsWith(`${toPlain(start)}/`) &&
    (rest !== undefined || toPlain(path) === toPlain(start))
  )
}
