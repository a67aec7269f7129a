import { joinBasePath, LowgateError, type PageReference } from '../../../contract/index.ts'
import type { WewebPublicData } from './public-data.ts'

/** The path of a page, by WeWeb; of one that is gone, nothing. */
function findPath(pageId: string | undefined, language?: string): string | undefined {
  try {
    return pageId && wwLib.wwPageHelper.getPagePath(pageId, language)
  } catch {
    return undefined
  }
}

/** What WeWeb leaves out of its paths where a site lives under one. */
const withBase = (path: string): string => joinBasePath(wwLib.getFrontRouter().options.history.base, path)

/**
 * Where Auth0 sends visitors back to: the chosen page, or else the home page, in the visitor's language. A WeWeb site has
 * files for its pages only, and its root may lead on without the query.
 */
export const toLanding = ({ landingPageId }: WewebPublicData): string =>
  withBase(findPath(landingPageId) ?? findPath(wwLib.wwWebsiteData.getInfo().homePageId) ?? '/')

/** A parameter in one of WeWeb's paths, with its default. */
const parameter = /{{([^|}]+)\|([^/]*?)}}/g

/**
 * The address of a page of the site, as the browser shows it.
 *
 * @throws `config/page-missing` for a page that the site does not have in this language, and for one that a parameter
 * is missing for
 */
export function toPageAddress({
  pageId,
  params = {},
  query = {},
  hash = '',
  language,
}: PageReference): string {
  const path = findPath(pageId, language)
  if (path === undefined) throw new LowgateError('config/page-missing')
  const filled = path.replace(parameter, (_, name: string, fallback: string) => {
    const value = params[name] ?? fallback
    // Browsers take such segments away, which leads to another page.
    if (/^\.{0,2}$/.test(value)) throw new LowgateError('config/page-missing')
    return encodeURIComponent(value)
  })
  const search = String(new URLSearchParams(query))
  return withBase(filled) + (search && `?${search}`) + (hash && `#${hash.replace(/^#/, '')}`)
}
