import { isLowgateError } from 'lowgate/contract'
import type { ConnectionRow } from '../storage/schema.ts'
import type { ConnectionStore } from '../storage/connections.ts'
import type { Keyring } from './keyring.ts'
import { open, seal, type SecretContext } from './sealed-secret.ts'

export const toContext = (row: ConnectionRow): SecretContext => ({
  project: row.project,
  environment: row.environment,
  domain: row.domain,
  clientId: row.m2m_client_id,
})

/**
 * Encrypts again every secret that an older key of `keyring` encrypted: one row at a time, unless it changed
 * meanwhile, so it may run beside requests, be killed, and run again. Rows that do not open are left untouched.
 */
export async function reencrypt(
  store: ConnectionStore,
  keyring: Keyring,
  signal?: AbortSignal,
): Promise<{ renewed: number; unreadable: number }> {
  const count = { renewed: 0, unreadable: 0 }
  let after: ConnectionRow | undefined
  for (;;) {
    const rows = await store.notEncryptedWith(keyring.current.id, after)
    for (const row of rows) {
      if (signal?.aborted) return count
      try {
        const context = toContext(row)
        const { secret, keyId } = await seal(await open(row.secret, context, keyring), context, keyring)
        await store.replaceSecret(row, secret, keyId)
        count.renewed += 1
      } catch (error) {
        if (!isLowgateError(error, 'proxy/decrypt-failed')) throw error
        count.unreadable += 1
      }
    }
    after = rows.at(-1)
    if (!after) return count
  }
}
