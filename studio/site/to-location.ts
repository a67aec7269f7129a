import { LowgateError, parametersOf, type PageReference } from 'lowgate/contract'
import { toText } from '../project/bindings.ts'
import type { PublicSite } from '../project/public-site.ts'

/** Browsers take such path segments away. */
const isNoSegment = (text: string): boolean => /^\.{0,2}$/.test(text)

/**
 * Where the site's router finds a page.
 *
 * @param current the language that is shown now; the page's too where the reference names none of the site's
 * @throws `config/page-missing` for what names no page of this site; `input/invalid` for a parameter that is missing, or
 *   that would lead to another page
 */
export function toLocation(
  { pages, languages }: Pick<PublicSite, 'pages' | 'languages'>,
  { pageId, params, query, hash, language = '' }: PageReference,
  current: string,
) {
  const page = pages.find(({ id }) => id === pageId)
  if (!page) throw new LowgateError('config/page-missing')
  const named = parametersOf(page.path).map((name) => [name, toText(params?.[name])] as const)
  if (named.some(([, text]) => isNoSegment(text)))
    throw new LowgateError('input/invalid', {
      field: 'page',
      title: 'A value that the page’s address is made of is missing, or would lead to another page.',
    })
  const shown = languages.includes(language) ? language : current
  return {
    name: pageId,
    params: { ...Object.fromEntries(named), ...(shown !== languages[0] && { language: shown }) },
    query,
    hash: hash && `#${toText(hash).replace(/^#/, '')}`,
  }
}
