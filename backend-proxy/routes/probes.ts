import { proxyError } from '../errors.ts'
import type { Handlers } from '../http/mount.ts'
import type { Keyring } from '../secrets/keyring.ts'
import type { ConnectionStore } from '../storage/connections.ts'

export function createProbeRoutes(parts: {
  store: ConnectionStore
  keyring: Keyring
}): Pick<Handlers, 'liveness' | 'readiness'> {
  return {
    liveness: () => Promise.resolve({ status: 'ok' }),
    async readiness() {
      const ids = await parts.store.keyIds().catch((cause: unknown) => {
        throw proxyError('proxy/not-ready', { cause })
      })
      const unknown = ids.filter((id) => !parts.keyring.find(id))
      if (unknown.length)
        throw proxyError('proxy/not-ready', {
          cause: proxyError('proxy/decrypt-failed', {
            title: `Saved secrets are encrypted with keys that ENCRYPTION_KEYS lacks: ${unknown.join(', ')}.`,
          }),
        })
      return { status: 'ok' }
    },
  }
}
