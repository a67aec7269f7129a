import { environmentInForce, isLoopback } from 'lowgate/contract'
import { apiCalls, fixedOrigin, type ApiCall } from '../api-origins.ts'
import type { Project } from '../schema.ts'
import type { Place, Problem } from './problem.ts'
import { placeOfStep } from './references.ts'

/** What calls, by what key it is known, and where it is edited. */
function describe(project: Project, by: ApiCall['by']): { what: string; key: string; at: Place } {
  if ('block' in by)
    return {
      what: `The data block on “${by.page.name}”`,
      key: by.block.id,
      at: { pageId: by.page.id, blockId: by.block.id },
    }
  const { workflow, step } = by
  return {
    what: 'A step “Call API”',
    key: `${workflow.id}:${step.id}`,
    at: placeOfStep(project, workflow, step),
  }
}

const hostOf = (url: string): string | undefined => (URL.canParse(url) ? new URL(url).host : undefined)

const isBelow = (one: string, other: string): boolean => one === other || one.endsWith(`.${other}`)

/** Calls that browsers refuse, and access tokens that go where they are not meant to. */
export function* checkApis(project: Project): Generator<Problem> {
  const { connections } = project.settings
  const inForce = environmentInForce('production', (name) => Boolean(connections[name]))
  const audience = inForce && connections[inForce]?.audience
  const own = audience && hostOf(audience)
  for (const { url, withToken, by } of apiCalls(project)) {
    if (typeof url !== 'string' || !url) continue
    const { what, key, at } = describe(project, by)
    const origin = fixedOrigin(url)
    if (!origin) {
      yield {
        id: `api-address:${key}`,
        severity: 'error',
        title: `${what} calls “${url}”, which browsers refuse: the site says beforehand which hosts it calls.`,
        cure: 'Start the address with https:// and a fixed host; bindings may stand after it.',
        at,
      }
      continue
    }
    const { host, protocol } = new URL(origin)
    if (!withToken || isLoopback(host)) continue
    if (protocol === 'http:')
      yield {
        id: `api-insecure:${key}`,
        severity: 'error',
        title: `${what} would send access tokens to ${host} unencrypted, so it sends nothing.`,
        cure: 'Start the address with https://, or do not send the access token.',
        at,
      }
    else if (!audience || (own && !isBelow(host, own) && !isBelow(own, host)))
      yield {
        id: `api-foreign:${key}`,
        severity: 'warning',
        title: `${what} sends each visitor’s access token to ${host}, which it is not made for.`,
        cure: 'Whoever runs that host can act as your visitors: do not send the token, or choose the API’s audience in the connection.',
        at,
      }
  }
}
