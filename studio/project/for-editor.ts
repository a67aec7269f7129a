import type { EditorHost } from 'lowgate/contract'
import { hostStepKinds } from './host-steps.ts'
import type { Project } from './schema.ts'
import { stepsIn } from './walk.ts'

/** What the panels and checks of `@lowgate/editor` are told of a project. */
export const forEditor = ({
  pages,
  workflows,
  settings,
}: Project): Pick<EditorHost, 'pages' | 'actions' | 'settings'> => ({
  pages: pages.map(({ id, name, path, access }) => ({
    ...{ id, name, path },
    ...(typeof access === 'object' && access.organizations && { organizations: access.organizations }),
  })),
  actions: workflows
    .flatMap(({ steps }) => [...stepsIn(steps)])
    .filter(({ action }) => !hostStepKinds.some(({ code }) => code === action))
    .map(({ action, args }) => ({ code: action, args })),
  settings,
})
