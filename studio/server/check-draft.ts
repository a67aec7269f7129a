import type { Manifest } from 'lowgate/contract'
import { toProjectUse } from '@lowgate/editor/project-use'
import manifestJson from 'lowgate/manifest.json' with { type: 'json' }
import { checkProject } from '../project/checks/check-project.ts'
import { notChecked, toObjections, type Objection } from '../project/checks/objections.ts'
import { forEditor } from '../project/for-editor.ts'
import type { Project } from '../project/schema.ts'
import { clientOf, type ProxyAddress } from './proxy-address.ts'
import { sitesOf, type SitePorts } from './site-folders.ts'

const { actions } = manifestJson as unknown as Manifest

export interface DraftChecks {
  proxy: ProxyAddress
  sitePorts: SitePorts
}

/**
 * Everything that keeps a draft from being published: the errors of the project, and those between it and its tenant.
 * It is found here, whatever the browser says was found there.
 */
export async function checkDraft(project: Project, { proxy, sitePorts }: DraftChecks): Promise<Objection[]> {
  const tenant = project.settings.connections.production && askTenant(project, proxy, sitePorts)
  const { roles, findings } = (await tenant) ?? { findings: [] }
  const problems = checkProject(project, { actions, roles })
    .filter(({ severity }) => severity === 'error')
    .map(({ id, title, cure }) => ({ id, title, cure }))
  return [...problems, ...findings]
}

/** What the production tenant says. */
async function askTenant(
  project: Project,
  address: ProxyAddress,
  ports: SitePorts,
): Promise<{ roles?: string[] | undefined; findings: Objection[] }> {
  const proxy = clientOf(address)
  const options = { signal: AbortSignal.timeout(60_000) }
  const params = { project: project.id, environment: 'production' } as const

  async function findings(): Promise<Objection[]> {
    const { connections } = await proxy.listConnections({ params }, options)
    const { production } = sitesOf(project.id, ports)
    const use = toProjectUse({ ...forEditor(project), sites: { production } }, 'production', (environment) =>
      connections.some((saved) => saved.environment === environment),
    )
    return toObjections((await proxy.healthCheck({ params, body: { use } }, options)).findings)
  }

  /** Only where groups ask for some. A tenant that does not tell its roles is compared with none. */
  async function roles(): Promise<string[] | undefined> {
    if (!project.userGroups.some(({ roles: asked }) => asked.length)) return undefined
    const names: string[] = []
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await proxy.list({ params: { ...params, list: 'roles' }, body: { cursor } }, options)
      names.push(...page.items.map(({ label }) => label))
      cursor = page.next
    }
    return names
  }

  const [known, found] = await Promise.all([
    roles().catch(() => undefined),
    findings().catch(() => [notChecked]),
  ])
  return { roles: known, findings: found }
}
