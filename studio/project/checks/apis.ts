import { environmentInForce, isBinding, isLoopback } from 'lowgate/contract'
import { identity } from '@lowgate/editor/checks'
import { fixedOrigin, isPictureTemplate } from '../address.ts'
import { apiCalls, type ApiCall } from '../api-origins.ts'
import { toText } from '../bindings.ts'
import { fillInJson } from '../fill-in-json.ts'
import { headerProblem } from '../request-parts.ts'
import type { Project } from '../schema.ts'
import { blocksIn } from '../walk.ts'
import type { Place, ProjectTrouble } from './project-trouble.ts'
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

/** Headers and bodies that are never sent. */
function* contentProblems(
  { headers, body, withToken }: ApiCall,
  what: string,
  key: string,
  at: Place,
): Generator<ProjectTrouble> {
  for (const [name, value] of Object.entries(headers ?? {})) {
    const problem = headerProblem(name, toText(value), withToken)
    if (problem)
      yield {
        ...identity('api-header', `${key}:${name}`),
        severity: 'error',
        title: `${what} fails. ${problem}`,
        cure: 'Correct the header, or take it out.',
        at,
      }
  }
  if (typeof body === 'string' && fillInJson(body, {}) === undefined)
    yield {
      ...identity('api-body', key),
      severity: 'error',
      title: `${what} fails: its body is not JSON.`,
      cure: 'Write JSON, with bindings inside the quotes of values or as whole values: {"note": "{{ variables.note }}"}.',
      at,
    }
}

/** Pictures that never show. */
function* pictureProblems({ pages }: Project): Generator<ProjectTrouble> {
  for (const page of pages)
    for (const { id, type, values } of blocksIn(page.blocks))
      if (type === 'image' && typeof values.src === 'string' && values.src && !isPictureTemplate(values.src))
        yield {
          ...identity('picture-address', id),
          severity: 'warning',
          title: `An image on “${page.name}” shows no picture: its address has no fixed host.`,
          cure: 'Start it with https:// and a host, or bind all of it to a value that no link can choose, such as {{ auth.user.picture }}.',
          at: { pageId: page.id, blockId: id },
        }
}

/** Pictures that never show, calls that browsers refuse, and access tokens that go where they are not meant to. */
export function* checkApis(project: Project): Generator<ProjectTrouble> {
  const { connections } = project.settings
  const inForce = environmentInForce('production', (name) => Boolean(connections[name]))
  const audience = inForce && connections[inForce]?.audience
  const own = audience && hostOf(audience)
  yield* pictureProblems(project)
  for (const call of apiCalls(project)) {
    const { url, withToken, by } = call
    if (url === undefined || url === '') continue
    const { what, key, at } = describe(project, by)
    yield* contentProblems(call, what, key, at)
    const origin = fixedOrigin(url)
    if (!origin) {
      yield {
        ...identity('api-address', key),
        severity: 'error',
        title: `${what} calls “${isBinding(url) ? url.bind : toText(url)}”, which has no fixed host, so it calls nothing.`,
        cure: 'Start the address with https:// and a fixed host; bindings may follow.',
        at,
      }
      continue
    }
    const { host, protocol } = new URL(origin)
    if (!withToken || isLoopback(host)) continue
    if (protocol === 'http:')
      yield {
        ...identity('api-insecure', key),
        severity: 'error',
        title: `${what} would send access tokens to ${host} unencrypted, so it sends nothing.`,
        cure: 'Start the address with https://, or do not send the access token.',
        at,
      }
    else if (!audience || (own && !isBelow(host, own) && !isBelow(own, host)))
      yield {
        ...identity('api-foreign', key),
        severity: 'warning',
        title: `${what} sends each visitor’s access token to ${host}, which it is not made for.`,
        cure: 'The owner of that host could act as your visitors. Do not send the token, or choose the API’s audience in the connection.',
        at,
      }
  }
}
