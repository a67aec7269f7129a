import { identity } from '@lowgate/editor/checks'
import { expressionsOf, keysOf } from '../bindings.ts'
import { kindOf } from '../block-kinds.ts'
import type { Project } from '../schema.ts'
import { variableNames } from '../variables.ts'
import { blocksIn } from '../walk.ts'
import type { Place, ProjectTrouble } from './project-trouble.ts'
import { allSteps } from './references.ts'

/** The names known below each name that a binding may start with; `undefined` allows any. */
type Known = Readonly<Record<string, readonly string[] | undefined>>

const leadsNowhere = (expression: string, known: Known): boolean => {
  const [root = '', name] = keysOf(expression)
  if (!Object.hasOwn(known, root)) return true
  return name !== undefined && known[root]?.includes(name) === false
}

function* problemsOf(value: unknown, known: Known, key: string, at: Place): Generator<ProjectTrouble> {
  const lost = expressionsOf(value).find((expression) => leadsNowhere(expression, known))
  if (lost === undefined) return
  const [root, name] = keysOf(lost)
  yield {
    ...identity('nowhere', key),
    severity: 'warning',
    title:
      root === 'variables' && name
        ? `“{{ ${lost} }}” shows nothing: no input and no step sets the variable “${name}”.`
        : `“{{ ${lost} }}” shows nothing: this value does not exist here.`,
    cure: 'Correct the binding, or take it out.',
    at,
  }
}

/** Bindings of blocks and steps to what does not exist, such as the variable of a deleted input. */
export function* checkBindings(project: Project): Generator<ProjectTrouble> {
  const everywhere: Known = {
    auth: ['user', 'isAuthenticated', 'isLoading', 'roles', 'permissions', 'organization', 'error'],
    page: ['params', 'query', 'language'],
    variables: variableNames(project),
  }
  for (const page of project.pages)
    for (const block of blocksIn(page.blocks))
      for (const name of Object.keys(kindOf(block).fields)) {
        const texts = Object.values(block.translations ?? {}).map((fields) => fields[name])
        const known = name === 'row' ? { ...everywhere, item: undefined } : everywhere
        const at = { pageId: page.id, blockId: block.id }
        yield* problemsOf([block.values[name], ...texts], known, `${block.id}:${name}`, at)
      }
  const inSteps = { ...everywhere, results: undefined, errors: undefined, event: undefined }
  for (const { step, workflow, at } of allSteps(project))
    for (const [name, value] of Object.entries(step.args))
      yield* problemsOf(value, inSteps, `${workflow.id}:${step.id}:${name}`, at)
}
