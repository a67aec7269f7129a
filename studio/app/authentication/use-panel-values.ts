import type { ManifestProp, UserGroup } from 'lowgate/contract'
import { computed, type WritableComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useProject } from '../data/use-project.ts'
import { useProblems } from '../problems/use-problems.ts'

/** What the studio holds for the panels, by the names in the manifest. */
export function usePanelValues() {
  const { store, project } = useProject()
  const problems = useProblems()
  const route = useRoute()
  const router = useRouter()

  const userGroups = computed({
    get: () => project.value.userGroups,
    set(groups: UserGroup[]) {
      const before = project.value.userGroups
      const changed = groups.find((group) => !before.includes(group))?.id ?? groups.length
      store.change(`groups ${changed}`, (draft) => (draft.userGroups = groups))
    },
  })
  const tenantRoles = computed({
    get: () => problems.roles,
    set: (roles: readonly string[] | undefined) => (problems.roles = roles),
  })
  /** A claim that was chosen in the preview's tools. */
  const offeredRolesClaim = computed({
    get: () => (typeof route.query.rolesClaim === 'string' ? route.query.rolesClaim : undefined),
    set: () => void router.replace({ query: {} }),
  })
  const values: Record<string, WritableComputedRef<unknown>> = { userGroups, tenantRoles, offeredRolesClaim }

  /** The props and listeners of a panel's models. One that the studio does not hold is left to the panel. */
  return (models: readonly ManifestProp[]): Record<string, unknown> =>
    Object.fromEntries(
      models.flatMap(({ name, required }) => {
        const value = values[name]
        if (!value && !required) return []
        if (!value)
          throw new Error(`A panel of the manifest wants “${name}”, which the studio does not have.`)
        return [
          [name, value.value],
          [`onUpdate:${name}`, (changed: unknown) => (value.value = changed)],
        ]
      }),
    )
}
