import type { z } from 'zod'
import type { credentials } from 'lowgate/contract/proxy-api'
import { proxyError } from '../errors.ts'
import type { Keyring } from '../secrets/keyring.ts'
import { toContext } from '../secrets/rotation.ts'
import { Secret } from 'lowgate/contract'
import { requireEnvironment, type Caller } from '../secrets/editor-tokens.ts'
import { open } from '../secrets/sealed-secret.ts'
import type { ConnectionKey, ConnectionStore } from '../storage/connections.ts'
import type { ConnectionRow } from '../storage/schema.ts'
import type { M2mCredentials } from '../tenant/access-token.ts'
import { toTenantDomain, type DomainRule } from '../tenant/domain-rule.ts'

type Entered = z.output<typeof credentials>

/** Tells which credentials a request means: the saved ones, those it carries, or a mixture that is safe. */
export function createCredentialsReader(parts: {
  store: ConnectionStore
  keyring: Keyring
  rule: DomainRule
}) {
  const { store, keyring, rule } = parts

  /** The rule is asked again on reading: a row may have been changed by hand. */
  async function unlock(row: ConnectionRow): Promise<M2mCredentials> {
    const domain = toTenantDomain(row.domain, rule)
    const clientSecret = await open(row.secret, toContext(row), keyring)
    return { domain, clientId: row.m2m_client_id, clientSecret }
  }

  return {
    /**
     * The credentials of `key`'s connection, or those in the request where it carries some. A blank secret means
     * the saved one, which is sent only where it was saved for, and only for a caller who reaches its environment.
     */
    async resolve(
      caller: Caller,
      { project, environment }: ConnectionKey,
      entered?: Entered,
    ): Promise<M2mCredentials> {
      // The path's environment was checked on the way in; this one is in the body.
      if (entered?.secretFrom) requireEnvironment(caller, entered.secretFrom)
      const saved = await store.find({ project, environment: entered?.secretFrom ?? environment })
      if (!entered) {
        if (!saved) throw proxyError('proxy/no-connection')
        return unlock(saved)
      }
      const domain = toTenantDomain(entered.domain, rule)
      const { m2mClientId: clientId, m2mClientSecret: clientSecret } = entered
      if (clientSecret) return { domain, clientId, clientSecret: new Secret(clientSecret) }
      if (!saved || saved.domain !== domain || saved.m2m_client_id !== clientId)
        throw proxyError('proxy/secret-required')
      return unlock(saved)
    },
  }
}

export type CredentialsReader = ReturnType<typeof createCredentialsReader>
