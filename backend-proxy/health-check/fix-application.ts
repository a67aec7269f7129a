import type { z } from 'zod'
import type { Environment } from 'lowgate/contract'
import { fixFields, type FixField, type fixRequest, type FixReport } from 'lowgate/contract/proxy-api'
import { invalidInput, proxyError } from '../errors.ts'
import { isAbsent, type TenantClient } from '../tenant/tenant-client.ts'
import { dangers, dangersOf } from './address-rules.ts'
import type { Project } from './check.ts'
import { readApplication } from './load-parts.ts'

/** The most entries that Auth0 takes in one list. */
const mostEntries = 100

const wireNames = {
  callbacks: 'callbacks',
  allowedLogoutUrls: 'allowed_logout_urls',
  webOrigins: 'web_origins',
  grantTypes: 'grant_types',
} as const satisfies Record<FixField, string>

const addableGrants = ['authorization_code', 'refresh_token']

type Fixes = z.output<typeof fixRequest>['fixes']

/**
 * Adds entries to the application's lists, or with `apply: false` says which would be added. The application is
 * read at this moment, so what others added meanwhile stays; nothing is ever removed.
 *
 * @throws `proxy/insufficient-scope` naming `update:clients`, `proxy/invalid-input` for an entry that is not an address,
 * `proxy/insecure-address` naming each that the environment does not allow; then nothing is added.
 */
export async function fixApplication(
  target: { tenant: TenantClient; clientId: string | undefined; environment: Environment },
  { fixes, apply }: { fixes: Fixes; apply: boolean },
  signal: AbortSignal,
): Promise<FixReport> {
  const { tenant, clientId, environment } = target
  assertSafe(fixes, { environment, domain: tenant.domain })
  assertAddable(fixes)
  const noApplication = () => invalidInput('clientId', 'Pick an SPA application that exists.')
  if (!clientId) throw noApplication()
  const application = await readApplication(tenant, clientId).catch((error: unknown) => {
    throw isAbsent(error) ? noApplication() : error
  })
  const changes = fixFields
    .map((field) => {
      const before = application[wireNames[field]]
      const wanted = new Set(fixes.filter((fix) => fix.field === field).flatMap(({ add }) => add))
      return { field, before, added: [...wanted].filter((entry) => !before.includes(entry)) }
    })
    .filter(({ added }) => added.length)
  for (const { field, before, added } of changes)
    if (before.length + added.length > mostEntries)
      throw invalidInput(
        field,
        `Auth0 takes ${String(mostEntries)} entries at most. Remove some there first.`,
      )
  if (apply && changes.length) {
    const lists = changes.map(({ field, before, added }) => [wireNames[field], [...before, ...added]])
    const update = Object.fromEntries(lists) as Record<string, never>
    signal.throwIfAborted()
    await tenant.call((management) => management.clients.update(application.client_id, update))
  }
  return { clientId: application.client_id, applicationName: application.name, changes, applied: apply }
}

function assertAddable(fixes: Fixes): void {
  for (const { field, add } of fixes)
    for (const entry of add)
      if (field === 'grantTypes' ? !addableGrants.includes(entry) : !isAddress(entry))
        throw invalidInput(field, `${entry} cannot be added to this list.`)
}

function assertSafe(fixes: Fixes, place: Pick<Project, 'environment' | 'domain'>): void {
  const errors = fixes.flatMap(({ field, add }) =>
    field === 'grantTypes'
      ? []
      : add.flatMap((entry) =>
          dangersOf(entry, place).map((danger) => ({ field, message: `${entry} ${dangers[danger].says}.` })),
        ),
  )
  const [first] = errors
  if (first)
    throw proxyError('proxy/insecure-address', {
      title: `A production application must not accept these addresses. ${first.message}`,
      fields: errors,
    })
}

/** No wildcard, no list, and nobody's name or password before the host. */
const isAddress = (entry: string) =>
  /^https?:\/\/[^/@*\s,\\<>"]+(\/[^*\s,\\<>"]*)?$/.test(entry) && URL.canParse(entry)
