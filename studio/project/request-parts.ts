import type { PairsField } from 'lowgate/contract'

export const queryField = {
  type: 'pairs',
  label: 'Query parameters',
  help: 'Added to the address. Values may hold bindings, such as {{ page.query.id }}; empty ones are left out.',
  item: 'Query parameter',
} as const satisfies PairsField

export const headersField = {
  type: 'pairs',
  label: 'Headers',
  help: 'Values may hold bindings; empty ones are left out. Visitors can read them: write no keys or passwords here.',
  item: 'Header',
} as const satisfies PairsField

/** What browsers set themselves, or what concerns one connection only: they drop such headers silently. */
const ofTheBrowser = new Set(
  `accept-charset accept-encoding access-control-request-headers access-control-request-method connection
  content-length cookie cookie2 date dnt expect host keep-alive origin referer set-cookie te trailer transfer-encoding
  upgrade user-agent via`.split(/\s+/),
)

/**
 * What keeps a header from being sent, in plain words; `undefined` when nothing does.
 *
 * @param withToken whether the call carries the visitor's access token
 */
export function headerProblem(name: string, value: string, withToken: boolean): string | undefined {
  const lower = name.toLowerCase()
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name))
    return `“${name}” cannot be the name of a header: use letters, digits and hyphens.`
  if (ofTheBrowser.has(lower) || /^(proxy|sec)-/.test(lower))
    return `The header “${name}” is set by the browser, and by nobody else.`
  if (lower === 'authorization' && withToken)
    return 'The header “Authorization” carries the access token: take the header out, or do not send the token.'
  if (/[^\x20-\x7e]/.test(value))
    return `The header “${name}” can hold only letters without accents, digits and signs, on one line.`
  return undefined
}
