import { environmentInForce, type ManifestAction } from 'lowgate/contract'
import { identity } from '@lowgate/editor/checks'
import type { Project } from '../schema.ts'
import { checkAccess } from './access.ts'
import { checkApis } from './apis.ts'
import { checkBindings } from './bindings.ts'
import { checkPages } from './pages.ts'
import type { ProjectTrouble } from './project-trouble.ts'
import { checkWorkflows } from './workflows.ts'

function checkConnection({ settings, workflows }: Project): ProjectTrouble[] {
  const isConnected = environmentInForce('production', (name) => Boolean(settings.connections[name]))
  if (isConnected || !workflows.length) return []
  return [
    {
      ...identity('no-production-connection'),
      severity: 'error',
      title: 'Visitors of the published site cannot log in: there is no production connection.',
      cure: 'Under Authentication, save a connection for Production and pick its SPA application.',
      at: { screen: 'authentication' },
    },
  ]
}

/** Everything in a project that visitors would stumble over, errors first. */
export function checkProject(
  project: Project,
  known: { actions: readonly ManifestAction[]; roles?: readonly string[] | undefined },
): ProjectTrouble[] {
  const found = [
    ...checkPages(project),
    ...checkAccess(project, known.roles),
    ...checkWorkflows(project, known.actions),
    ...checkBindings(project),
    ...checkApis(project),
    ...checkConnection(project),
  ]
  return found.sort((one, other) => one.severity.localeCompare(other.severity))
}
