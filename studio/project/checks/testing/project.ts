import manifest from 'lowgate/manifest.json'
import type { Access, Manifest, ManifestAction } from 'lowgate/contract'
import { beforeEach, expect } from 'vitest'
import { firstProject } from '../../first-project.ts'
import type { Project } from '../../schema.ts'
import { pageOf, stepsIn } from '../../walk.ts'
import { checkProject } from '../check-project.ts'

const popup: ManifestAction = {
  code: 'loginWithPopup',
  name: 'Login with Popup',
  summary: '',
  outcome: 'resolves',
  returns: 'user',
  fields: {},
  input: {},
  errors: [],
}
const actions = [
  ...(manifest as unknown as Manifest).actions.filter(({ code }) => code !== popup.code),
  popup,
]

/** The project of the test that runs. */
export let project: Project

/** Gives each test of a file the first project, connected for production. */
export const useProject = (): void =>
  beforeEach(() => {
    project = structuredClone(firstProject)
    project.settings.connections.production = { domain: 't.eu.auth0.com', clientId: 'c' }
  })

export const click = { type: 'click', blockId: 'homeButton' } as const

/** The ids of what the checks find. The snapshot keeps what each says, how bad it is and where it leads. */
export const ids = (roles?: string[]) => {
  const found = checkProject(project, { actions, roles })
  expect(found).toMatchSnapshot()
  return found.map(({ id }) => id)
}
export const setAccess = (pageId: string, access: Access) => (pageOf(project, pageId).access = access)
export const setArgs = (stepId: string, args: Record<string, never> | object) => {
  for (const { steps } of project.workflows)
    for (const step of stepsIn(steps)) if (step.id === stepId) step.args = args as typeof step.args
}
