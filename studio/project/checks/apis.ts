import { environmentInForce, isLoopback } from 'lowgate/contract'
import { fixedOrigin } from '../api-origins.ts'
import type { Project } from '../schema.ts'
import { blocksIn } from '../walk.ts'
import type { Place, Problem } from './problem.ts'
import { allSteps } from './references.ts'

interface Call {
  what: string
  url: unknown
  withToken: boolean
  key: string
  at: Place
}

/** Every place that calls an API. */
function* callsOf(project: Project): Generator<Call> {
  for (const { id, name, blocks } of project.pages)
    for (const block of blocksIn(blocks))
      if (block.type === 'data')
        yield {
          what: `The data block on “${name}”`,
          url: block.values.url,
          withToken: block.values.token !== 'none',
          key: block.id,
          at: { pageId: id, blockId: block.id },
        }
  for (const { step, workflow, at } of allSteps(project))
    if (step.action === 'callApi')
      yield {
        what: 'A step “Call API”',
        url: step.args.url,
        withToken: step.args.withToken !== false,
        key: `${workflow.id}:${step.id}`,
        at,
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
  for (const { what, url, withToken, key, at } of callsOf(project)) {
    if (typeof url !== 'string' || !url) continue
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
