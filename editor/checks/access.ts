import type { AccessRules, PublicSettings, UserGroup } from 'lowgate/contract'
import { identity, type SiteTrouble } from './site-trouble.ts'

/** A page, or a part of one, that asks for more than a login. */
export interface GuardedPart<Place> {
  /** Unlike any other part's. */
  id: string
  /** What the builder calls it. */
  name: string
  rules: AccessRules
  /** Where its access is changed, in the host's own words. */
  at: Place
}

/** What a host knows of the access to its project. */
export interface AccessUse<Place> {
  parts: Iterable<GuardedPart<Place>>
  userGroups: readonly UserGroup[]
  settings: PublicSettings
  /** The names of the tenant's roles, where they are known: what groups ask for is compared with them. */
  roles?: readonly string[] | undefined
}

function* ruleTroubles<Place>(
  { userGroups, settings }: AccessUse<Place>,
  { id: key, name, rules, at }: GuardedPart<Place>,
): Generator<SiteTrouble<Place>> {
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
    }
  const hasAudience = Object.values(settings.connections).some((connection) => connection?.audience)
  if (permissions.length && !settings.permissionsClaim && !hasAudience)
    yield {
      ...identity('no-permissions', key),
      severity: 'error',
      title: `Nobody can see “${name}”: without an API audience, no permissions arrive.`,
      cure: 'Choose an API audience in the connection, so that Auth0 adds them to access tokens.',
    }
}

function* groupTroubles(
  { id, name, roles }: UserGroup,
  known: readonly string[] | undefined,
): Generator<SiteTrouble<never>> {
  if (!roles.length)
    yield {
      ...identity('group-empty', id),
      severity: 'warning',
      title: `The user group “${name}” has no roles, so every logged-in visitor is in it.`,
      cure: 'Add the roles that make a visitor belong to it.',
    }
  for (const role of roles)
    if (known && !known.includes(role))
      yield {
        ...identity('role-missing', `${id}:${role}`),
        severity: 'error',
        title: `The tenant has no role “${role}”, so nobody is in the user group “${name}”.`,
        cure: 'Correct the name, or create the role in Auth0 › User Management › Roles.',
      }
}

/** Rules and user groups that keep everybody out, or nobody. */
export function* checkAccess<Place>(use: AccessUse<Place>): Generator<SiteTrouble<Place>> {
  for (const part of use.parts) yield* ruleTroubles(use, part)
  for (const group of use.userGroups) yield* groupTroubles(group, use.roles)
}
