import type { AccessRules } from 'lowgate/contract'
import type { Project } from '../schema.ts'
import { blocksIn } from '../walk.ts'
import { identity, type Place, type ProjectTrouble } from './project-trouble.ts'

interface Guarded {
  name: string
  rules: AccessRules
  at: Place
}

/** Every page and conditional block that asks for more than a login. */
function* guarded({ pages }: Project): Generator<Guarded> {
  for (const { id, name, access, blocks } of pages) {
    if (typeof access === 'object') yield { name, rules: access, at: { pageId: id } }
    for (const block of blocksIn(blocks)) {
      const rules = block.values.visibleTo
      if (typeof rules === 'object' && rules !== null)
        yield {
          name: `A conditional block on ${name}`,
          rules: rules as AccessRules,
          at: { pageId: id, blockId: block.id },
        }
    }
  }
}

function* ruleProblems(
  { userGroups, settings }: Project,
  { name, rules, at }: Guarded,
): Generator<ProjectTrouble> {
  const key = at.blockId ?? at.pageId ?? ''
  const { groups = [], permissions = [], organizations = [] } = rules
  if (!groups.length && !permissions.length && !organizations.length)
    yield {
      ...identity('rules-empty', key),
      severity: 'warning',
      title: `“${name}” is for some visitors only, but does not say for which: every logged-in visitor sees it.`,
      cure: 'Choose a user group, a permission or an organization.',
      at,
    }
  if (groups.some((id) => !userGroups.some((group) => group.id === id)))
    yield {
      ...identity('group-missing', key),
      severity: 'error',
      title: `“${name}” asks for a user group that was deleted.`,
      cure: 'Choose another group.',
      at,
    }
  if (groups.length && !settings.rolesClaim)
    yield {
      ...identity('no-roles-claim', key),
      severity: 'error',
      title: `Nobody can see “${name}”: the project does not say which claim carries the roles.`,
      cure: 'Under Authentication, fill in the roles claim that your Auth0 Action adds.',
      at: { screen: 'authentication' },
    }
  const hasAudience = Object.values(settings.connections).some((connection) => connection?.audience)
  if (permissions.length && !settings.permissionsClaim && !hasAudience)
    yield {
      ...identity('no-permissions', key),
      severity: 'error',
      title: `Nobody can see “${name}”: without an API audience, no permissions arrive.`,
      cure: 'Choose an API audience in the connection, so that Auth0 adds them to access tokens.',
      at: { screen: 'authentication' },
    }
}

/** @param roles the tenant's, where they are known */
export const checkAccess = (project: Project, roles?: readonly string[]): ProjectTrouble[] => [
  ...[...guarded(project)].flatMap((each) => [...ruleProblems(project, each)]),
  ...project.userGroups.flatMap((group): ProjectTrouble[] => [
    ...(group.roles.length
      ? []
      : [
          {
            ...identity('group-empty', group.id),
            severity: 'warning' as const,
            title: `The user group “${group.name}” has no roles, so every logged-in visitor is in it.`,
            cure: 'Add the roles that make a visitor belong to it.',
            at: { screen: 'authentication' as const },
          },
        ]),
    ...group.roles
      .filter((role) => roles && !roles.includes(role))
      .map((role) => ({
        ...identity('role-missing', `${group.id}:${role}`),
        severity: 'error' as const,
        title: `The tenant has no role “${role}”, so nobody is in the user group “${group.name}”.`,
        cure: 'Correct the name, or create the role in Auth0 › User Management › Roles.',
        at: { screen: 'authentication' as const },
      })),
  ]),
]
