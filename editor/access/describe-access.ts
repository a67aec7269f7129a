import type { Audience, UserGroup } from 'lowgate/contract'

/** Who may see something, in a few words, such as “Managers, read:orders”. */
export function describeAccess(access: Audience, userGroups: readonly UserGroup[]): string {
  if (access === 'everyone') return 'Everyone'
  if (access === 'authenticated') return 'Logged-in visitors'
  if (access === 'logged-out') return 'Logged-out visitors'
  const groups = access.groups?.map(
    (id) => userGroups.find((group) => group.id === id)?.name ?? 'a deleted group',
  )
  const parts = [
    ...(groups ?? []),
    ...(access.permissions ?? []),
    ...(access.organizations ?? []),
    ...(access.secondFactor ? ['second factor'] : []),
    ...(access.maxLoginAge ? ['recent login'] : []),
  ]
  return parts.join(', ') || 'Some visitors'
}
