import { fixedOrigin } from './address.ts'
import type { Block, Page, Project, Step, Workflow } from './schema.ts'
import { blocksIn, stepsIn } from './walk.ts'

type Calling = Pick<Project, 'pages' | 'workflows'>

export interface ApiCall {
  url: unknown
  headers: unknown
  /** JSON; data blocks send none. */
  body?: unknown
  /** Whether it carries the visitor's access token. */
  withToken: boolean
  by: { page: Page; block: Block } | { workflow: Workflow; step: Step }
}

/** Every call of an API, by data blocks and by steps. */
export function* apiCalls({ pages, workflows }: Calling): Generator<ApiCall> {
  for (const page of pages)
    for (const block of blocksIn(page.blocks))
      if (block.type === 'data')
        yield {
          url: block.values.url,
          headers: block.values.headers,
          withToken: block.values.token !== 'none',
          by: { page, block },
        }
  for (const workflow of workflows)
    for (const step of stepsIn(workflow.steps))
      if (step.action === 'callApi')
        yield {
          url: step.args.url,
          headers: step.args.headers,
          body: step.args.body,
          withToken: step.args.withToken !== false,
          by: { workflow, step },
        }
}

/** The origins of the APIs that are called; with `withToken`, only those that get access tokens. */
export function apiOrigins(project: Calling, { withToken = false } = {}): string[] {
  const calls = [...apiCalls(project)].filter((call) => !withToken || call.withToken)
  return [...new Set(calls.map(({ url }) => fixedOrigin(url)).filter((origin) => origin !== undefined))]
}
