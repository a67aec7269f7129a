import { isLoopback, type EditorHost, type Environment, type Trouble } from 'lowgate/contract'
import type { ConnectionView } from 'lowgate/contract/proxy-api'
import { environmentNames } from '../environment-names.ts'

/**
 * What keeps a connection from serving production, as far as the project itself shows it: a tenant or a site on this
 * machine, a site without https, an application that another environment uses too. Any other environment has none.
 */
export function promotionProblems(parts: {
  host: EditorHost
  to: Environment
  domain: string
  clientId: string | undefined
  saved: ReadonlyMap<Environment, ConnectionView>
}): Trouble[] {
  if (parts.to !== 'production') return []
  const problems: Trouble[] = []
  const site = parts.host.sites.production
  if (isLoopback(parts.domain))
    problems.push({
      code: 'tenant-on-this-machine',
      title: `${parts.domain} is a tenant on this machine: no visitor can reach it.`,
      cure: 'Connect Production to a tenant of Auth0.',
      owner: 'builder',
    })
  if (site && isLoopback(new URL(site.origin).host))
    problems.push({
      code: 'site-on-this-machine',
      title: `The production site is at ${site.origin}, on this machine.`,
      cure: 'Publish it at an address of its own first.',
      owner: 'builder',
    })
  else if (site?.origin.startsWith('http:'))
    problems.push({
      code: 'site-without-https',
      title: `The production site is at ${site.origin}, without https.`,
      cure: 'The operator turns on https for it: browsers refuse to log in without.',
      owner: 'operator',
    })
  const shared = sharedApplication(parts, parts.saved)
  if (shared) problems.push(shared)
  return problems
}

/** What is wrong when an environment beside production uses the same SPA application. */
export function sharedApplication(
  connection: { domain: string | undefined; clientId: string | undefined },
  saved: ReadonlyMap<Environment, ConnectionView>,
): Trouble | undefined {
  const other = [...saved.values()].find(
    ({ environment, domain, clientId }) =>
      environment !== 'production' &&
      clientId !== undefined &&
      clientId === connection.clientId &&
      domain === connection.domain,
  )
  return (
    other && {
      code: 'shared-application',
      title: `${environmentNames[other.environment]} uses the same SPA application: a change for one changes the other.`,
      cure: 'Pick one of production’s own.',
      owner: 'builder',
    }
  )
}
