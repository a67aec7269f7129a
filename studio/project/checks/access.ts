import type { AccessRules } from 'lowgate/contract'
import { checkAccess as check, type GuardedPart } from '@lowgate/editor/checks'
import type { Project } from '../schema.ts'
import { blocksIn } from '../walk.ts'
import type { Place, ProjectTrouble } from './project-trouble.ts'

/** Every page and conditional block that asks for more than a login. */
function* guarded({ pages }: Project): Generator<GuardedPart<Place>> {
  for (const { id, name, access, blocks } of pages) {
    if (typeof access === 'object') yield { id, name, rules: access, at: { pageId: id } }
    for (const block of blocksIn(blocks)) {
      const rules = block.values.visibleTo
      if (typeof rules === 'object' && rules !== null)
        yield {
          id: block.id,
          name: `A conditional block on ${name}`,
          rules: rules as AccessRules,
          at: { pageId: id, blockId: block.id },
        }
    }
  }
}

/** @param roles the tenant's, where they are known */
export const checkAccess = (project: Project, roles?: readonly string[]): ProjectTrouble[] => {
  const { userGroups, settings } = project
  return [...check({ parts: guarded(project), userGroups, settings, roles })].map((trouble) => ({
    at: { screen: 'authentication' },
    ...trouble,
  }))
}
