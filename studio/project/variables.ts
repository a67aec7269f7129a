import type { Project } from './schema.ts'
import { blocksIn, stepsIn } from './walk.ts'

/** The names of a project's variables: those of inputs, and those that steps set. */
export function variableNames({ pages, workflows }: Pick<Project, 'pages' | 'workflows'>): string[] {
  const inputs = pages
    .flatMap(({ blocks }) => [...blocksIn(blocks)])
    .filter(({ type }) => type === 'input')
    .map(({ values }) => values.variable ?? 'answer')
  const set = workflows
    .flatMap(({ steps }) => [...stepsIn(steps)])
    .filter(({ action }) => action === 'setVariable')
    .map(({ args }) => args.name)
  return [...new Set([...inputs, ...set])].filter((name) => typeof name === 'string')
}
