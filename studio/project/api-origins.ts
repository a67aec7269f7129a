import type { Project } from './schema.ts'
import { blocksIn, stepsIn } from './walk.ts'

/** The origin that an API's address begins with whatever its bindings hold; `undefined` when it has none. */
export function fixedOrigin(url: unknown): string | undefined {
  const [start] = (typeof url === 'string' && /^https?:\/\/[^/?#\\{};,'\s]+(?![^/?#])/.exec(url)) || []
  return start && URL.canParse(start) ? new URL(start).origin : undefined
}

/** The origins of the APIs that data blocks and steps call; with `withToken` those alone that get access tokens. */
export function apiOrigins(
  { pages, workflows }: Pick<Project, 'pages' | 'workflows'>,
  { withToken = false } = {},
): string[] {
  const blocks = pages.flatMap((page) => [...blocksIn(page.blocks)]).filter(({ type }) => type === 'data')
  const steps = workflows.flatMap((workflow) => [...stepsIn(workflow.steps)])
  const urls = [
    ...blocks.filter(({ values }) => !withToken || values.token !== 'none').map(({ values }) => values.url),
    ...steps
      .filter(({ action, args }) => action === 'callApi' && (!withToken || args.withToken !== false))
      .map(({ args }) => args.url),
  ]
  return [...new Set(urls.map(fixedOrigin).filter((origin) => origin !== undefined))]
}
