import type { z } from 'zod'
import type { choices, credentials, projectUse } from 'lowgate/contract/proxy-api'
import { toOrganization, type Environment } from 'lowgate/contract'
import { checkHealth } from '../health-check/run.ts'
import { fixApplication } from '../health-check/fix-application.ts'
import { preflight } from '../health-check/preflight.ts'
import type { Project } from '../health-check/check.ts'
import { proxyError } from '../errors.ts'
import type { Handlers } from '../http/mount.ts'
import type { Caller } from '../secrets/editor-tokens.ts'
import { toView } from '../storage/connection-rows.ts'
import type { ConnectionStore } from '../storage/connections.ts'
import { toCustomDomain, toTenantDomain, type DomainRule } from '../tenant/domain-rule.ts'
import type { GuardedFetch } from '../tenant/guarded-fetch.ts'
import type { TenantPool } from '../tenant/tenant-client.ts'
import type { CredentialsReader } from './credentials.ts'

type Choices = Partial<z.output<z.ZodObject<typeof choices>>>

interface Unsaved {
  credentials?: z.output<typeof credentials> | undefined
  choices?: Choices | undefined
}

export function createCheckRoutes(parts: {
  store: ConnectionStore
  credentials: CredentialsReader
  tenants: TenantPool
  fetch: GuardedFetch
  rule: DomainRule
}): Pick<Handlers, 'healthCheck' | 'fixApplication' | 'preflight'> {
  const { store, credentials, tenants, fetch, rule } = parts

  /** The tenant and the choices that a request means: those it carries, else the saved ones. */
  async function read(
    caller: Caller,
    params: { project: string; environment: Environment },
    unsaved: Unsaved,
  ) {
    const m2m = await credentials.resolve(caller, params, unsaved.credentials)
    const saved = await store.find(params)
    const chosen: Choices = unsaved.choices ?? (saved ? toView(saved) : {})
    const customDomain = chosen.customDomain && toCustomDomain(chosen.customDomain, rule)
    return { tenant: tenants.get(m2m), chosen: { ...chosen, customDomain } }
  }

  return {
    async healthCheck({ params, body, caller }) {
      const { tenant, chosen } = await read(caller, params, body)
      await tenant.verify()
      return checkHealth(tenant, fetch, toProject(params.environment, tenant.domain, chosen, body.use))
    },

    async fixApplication({ params, body, caller }, signal) {
      const { tenant, chosen } = await read(caller, params, body)
      const { clientId } = chosen
      // An application that serves production is strict, whichever environment asks for it.
      const live = await store.find({ ...params, environment: 'production' })
      const isLive = live?.domain === tenant.domain && toView(live).clientId === clientId
      const environment = isLive ? 'production' : params.environment
      return fixApplication({ tenant, clientId, environment }, body, signal)
    },

    async preflight({ params, body }) {
      const saved = body.connection ? undefined : await store.find(params)
      const connection = body.connection ?? (saved && toView(saved))
      if (!connection) throw proxyError('proxy/no-connection')
      const domain = toTenantDomain(connection.domain, rule)
      return preflight(fetch, { ...connection, domain }, body)
    },
  }
}

function toProject(
  environment: Environment,
  domain: string,
  { clientId, customDomain, audience, organization }: Choices,
  use: z.output<typeof projectUse>,
): Project {
  const distinct = (...values: (string | undefined)[]) => [
    ...new Set(values.filter((value) => value !== undefined)),
  ]
  return {
    environment,
    domain,
    use,
    clientId,
    customDomain,
    audience,
    audiences: distinct(audience, ...use.audiences),
    organizations: distinct(...[organization, ...use.organizations].map((one) => one && toOrganization(one))),
  }
}
