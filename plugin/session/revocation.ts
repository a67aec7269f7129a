import { tenantUrl, type PublicConnection, type PublicSettings } from '../../contract/index.ts'
import type { Sdk } from './sdk.ts'
import { refreshTokens, type TokenCache } from './token-cache.ts'

export interface Revocation {
  /** Notes an API that a token is asked for: in memory, the SDK keeps a refresh token for each. */
  note(audience: string | undefined): void
  /**
   * Asks the tenant to forget the refresh tokens of this browser, unless the settings keep them. It settles once the
   * requests are on their way; what they are answered changes nothing here.
   */
  send(): Promise<void>
}

/** @see https://www.rfc-editor.org/rfc/rfc7009 */
export function createRevocation(
  { storage, revokeOnLogout = true }: PublicSettings,
  { domain, clientId, audience = 'default' }: PublicConnection,
  sdk: Sdk,
  cache: TokenCache,
): Revocation {
  const audiences = new Set([audience])

  /** The tokens are the SDK's worker's own secret, so it revokes them itself. */
  async function askWorker() {
    if (!sdk.isInUse) return
    const client = await sdk.client()
    for (const audience of audiences) client.revokeRefreshToken({ audience }).catch(() => undefined)
    // The worker has heard of it only then, and a logout makes it forget them.
    await new Promise((done) => setTimeout(done))
  }

  return {
    note: (audience) => void (audience && audiences.add(audience)),
    async send() {
      if (!revokeOnLogout) return
      if (storage === 'memory') return askWorker()
      for (const token of refreshTokens(cache, clientId)) {
        const body = new URLSearchParams({ client_id: clientId, token, token_type_hint: 'refresh_token' })
        // A form needs no preflight, which would be cut off when the page is left.
        fetch(`${tenantUrl(domain)}/oauth/revoke`, { method: 'POST', body, keepalive: true }).catch(
          () => undefined,
        )
      }
    },
  }
}
