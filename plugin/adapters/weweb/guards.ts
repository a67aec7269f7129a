import { toGuard, type Guard } from '../../../contract/index.ts'
import type { WewebPublicData } from './public-data.ts'
import type { WwPage } from './ww-lib.ts'

/** What a page demands of visitors. @param isAuthPlugin Whether WeWeb's own page settings are for this plugin. */
export function guardsOf(page: WwPage, data: WewebPublicData, isAuthPlugin: boolean): Guard[] {
  const { access = {}, userGroups = [] } = data
  const own = Object.hasOwn(access, page.id) ? access[page.id] : undefined
  return [
    ...(own ? [toGuard(own, userGroups)] : []),
    ...(isAuthPlugin && page.pageUserGroups?.length ? [toGroupGuard(page.pageUserGroups, data)] : []),
  ]
}

function toGroupGuard(
  [, ...groups]: NonNullable<WwPage['pageUserGroups']>,
  { roles = [] }: WewebPublicData,
): Guard {
  if (!groups.length) return 'authenticated'
  const nameOf = (value: string) => roles.find(({ id }) => id === value)?.name ?? value
  return {
    // A group that does not say its roles lets nobody in.
    groups: groups.flatMap(({ userGroup }) =>
      typeof userGroup === 'object' && userGroup?.roles
        ? [userGroup.roles.map(({ value }) => nameOf(value))]
        : [],
    ),
  }
}
