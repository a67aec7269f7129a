import type { Environment, PublicConnection } from 'lowgate/contract'
import { apiCalls, apiOrigins } from './api-origins.ts'
import type { Project, Step } from './schema.ts'
import { stepsIn } from './walk.ts'

/** What a project file brings that decides where visitors log in and who receives their access tokens. */
export interface Brought {
  connections: (PublicConnection & { environment: Environment })[]
  /** Which environment's connection serves a site at an origin. */
  origins: { origin: string; environment: Environment }[]
  /** Of the APIs that are called with access tokens. */
  tokenOrigins: string[]
  /** How many steps put an access token where every other step can send it on. */
  tokenSteps: number
}

/** What a builder agreed to take from a file that somebody else may have written. */
export interface Agreed {
  connections?: boolean
  tokens?: boolean
}

const readsToken = ({ action }: Step): boolean => action === 'getAccessToken'

export function brings(project: Project): Brought {
  const { connections, origins = {} } = project.settings
  return {
    connections: Object.entries(connections).map(([environment, connection]) => ({
      environment: environment as Environment,
      ...connection,
    })),
    origins: Object.entries(origins).map(([origin, environment]) => ({ origin, environment })),
    tokenOrigins: apiOrigins(project, { withToken: true }),
    tokenSteps: project.workflows.flatMap(({ steps }) => [...stepsIn(steps)]).filter(readsToken).length,
  }
}

/** Whether any of it has to be agreed to. */
export const isAsking = ({ connections, origins, tokenOrigins, tokenSteps }: Brought): boolean =>
  connections.length + origins.length + tokenOrigins.length + tokenSteps > 0

const withoutTokenSteps = (steps: readonly Step[]): Step[] =>
  steps
    .filter((step) => !readsToken(step))
    .map((step) => ({
      ...step,
      then: step.then && withoutTokenSteps(step.then),
      otherwise: step.otherwise && withoutTokenSteps(step.otherwise),
    }))

/** A copy of an imported project without what was not agreed to: no tenant to log in to, no call with a token. */
export function withoutTrust(imported: Project, agreed: Agreed): Project {
  const project = structuredClone(imported)
  if (!agreed.connections) {
    project.settings.connections = {}
    delete project.settings.origins
  }
  if (agreed.tokens) return project
  for (const { withToken, url, by } of apiCalls(project)) {
    if (!withToken || !url) continue
    if ('block' in by) by.block.values.token = 'none'
    else by.step.args.withToken = false
  }
  for (const workflow of project.workflows) workflow.steps = withoutTokenSteps(workflow.steps)
  return project
}
