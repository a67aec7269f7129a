import type { Handlers } from '../http/mount.ts'
import { proxyError } from '../errors.ts'
import type { Keyring } from '../secrets/keyring.ts'
import { environmentsOf } from '../secrets/editor-tokens.ts'
import { seal } from '../secrets/sealed-secret.ts'
import { toChoiceColumns, toView } from '../storage/connection-rows.ts'
import type { ConnectionStore } from '../storage/connections.ts'
import { toCustomDomain, toTenantDomain, type DomainRule } from '../tenant/domain-rule.ts'
import { requiredScopes } from '../tenant/required-scopes.ts'
import type { TenantPool } from '../tenant/tenant-client.ts'
import type { CredentialsReader } from './credentials.ts'

export function createConnectionRoutes(parts: {
  store: ConnectionStore
  keyring: Keyring
  credentials: CredentialsReader
  tenants: TenantPool
  rule: DomainRule
}): Pick<
  Handlers,
  'listConnections' | 'readConnection' | 'saveConnection' | 'deleteConnection' | 'testConnection'
> {
  const { store, keyring, credentials, tenants, rule } = parts
  return {
    async listConnections({ params, caller }) {
      const reached = environmentsOf(caller)
      const connections = (await store.list(params.project)).map(toView)
      return { connections: connections.filter(({ environment }) => reached.includes(environment)) }
    },

    async readConnection({ params }) {
      const row = await store.find(params)
      if (!row) throw proxyError('proxy/no-connection')
      return toView(row)
    },

    async saveConnection({ params, body, caller }, signal) {
      // A field that can never be right is named first, even if somebody else saved meanwhile.
      toTenantDomain(body.domain, rule)
      const customDomain = body.customDomain && toCustomDomain(body.customDomain, rule)
      const saved = await store.find(params)
      if ((saved?.revision ?? 0) !== body.revision) throw conflict(saved && toView(saved))
      const m2m = await credentials.resolve(caller, params, body)
      await tenants.get(m2m).verify()
      const { domain, clientId, clientSecret } = m2m
      const sealed = await seal(clientSecret, { ...params, domain, clientId }, keyring)
      const row = {
        ...params,
        revision: body.revision + 1,
        domain,
        m2m_client_id: clientId,
        secret: sealed.secret,
        key_id: sealed.keyId,
        ...toChoiceColumns({ ...body, customDomain }),
        updated_at: new Date().toISOString(),
      }
      signal.throwIfAborted()
      if (await store.save(row)) return toView(row)
      const winner = await store.find(params)
      throw conflict(winner && toView(winner))
    },

    async deleteConnection({ params }) {
      if (!(await store.remove(params))) throw proxyError('proxy/no-connection')
      return undefined
    },

    async testConnection({ params, body, caller }) {
      const m2m = await credentials.resolve(caller, params, body.credentials)
      const { issuer, scopes } = await tenants.get(m2m).verify({ afresh: true })
      const missing = requiredScopes.filter((scope) => !scopes.includes(scope))
      return { domain: m2m.domain, issuer, scopes: { granted: scopes, missing } }
    },
  }
}

const conflict = (saved: ReturnType<typeof toView> | undefined) =>
  saved
    ? proxyError('proxy/conflict', { saved })
    : proxyError('proxy/conflict', {
        title: 'Somebody else deleted this connection meanwhile.',
        cure: 'Leave it deleted, or save yours as a new one.',
      })
