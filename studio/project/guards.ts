import type { Guard } from 'lowgate/contract'
import type { Access, UserGroup } from './schema.ts'

/** A page's access in the words of the plugin: user groups by their roles. A deleted group lets nobody in. */
export function toGuard(access: Access, userGroups: readonly UserGroup[]): Guard {
  if (typeof access === 'string') return access
  const { groups, permissions, organizations } = access
  const rolesOf = (id: string) => userGroups.find((group) => group.id === id)?.roles
  return {
    ...(groups?.length && { groups: groups.map(rolesOf).filter((roles) => roles !== undefined) }),
    ...(permissions?.length && { permissions }),
    ...(organizations?.length && { organizations }),
  }
}
