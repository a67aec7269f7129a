import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { checkProject } from '../../project/checks/check-project.ts'
import { useProjectStore } from '../data/project-store.ts'
import { manifest } from '../data/manifest.ts'

/** What visitors of the draft would stumble over, always up to date. */
export const useProblems = defineStore('problems', () => {
  const store = useProjectStore()
  /** The tenant's roles, once somebody has read them. */
  const roles = shallowRef<readonly string[]>()
  const problems = computed(() =>
    store.project ? checkProject(store.project, { actions: manifest.actions, roles: roles.value }) : [],
  )
  return { roles, problems }
})
