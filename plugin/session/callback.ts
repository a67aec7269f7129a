import { callbackPath, LowgateError } from '../../contract/index.ts'
import { safeAddress, siteUrl } from './addresses.ts'
import { dropAddress, keepAddress } from './kept-address.ts'
import { isPendingElsewhere, pendingTransaction, type Transaction } from './transaction.ts'
import type { EngineContext, Entry } from './types.ts'
import type { Sdk } from './sdk.ts'
import type { Visitor } from './visitor.ts'

/**
 * Takes what Auth0 sent back. Only the answer to the login that this tab started is consumed; the query leaves the
 * address in every case.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-10.12
 */
export async function takeCallback(
  { state, host, connection }: EngineContext,
  sdk: Sdk,
  visitor: Visitor,
  url: URL,
): Promise<Entry> {
  const home: Entry = { outcome: 'redirect', address: host.basePath }
  const bare: Entry = { outcome: 'redirect', address: new URL(siteUrl(host, callbackPath)).pathname }
  const answered = url.searchParams.get('state')

  if (!answered) {
    await visitor.restore()
    return state.error && !state.isAuthenticated ? { outcome: 'error', error: state.error } : home
  }
  const pending = pendingTransaction(connection?.clientId ?? '', host.site)
  if (answered !== pending?.state) {
    await visitor.restore()
    if (isPendingElsewhere(answered, host.site)) return { outcome: 'show' }
    // Reloaded, or gone back to: there is a session, so there is nothing to do here.
    if (state.isAuthenticated) return home
    visitor.failed(new LowgateError(pending ? 'auth/state-mismatch' : 'auth/state-missing'))
    return bare
  }
  try {
    const { appState } = await (await sdk.client()).handleRedirectCallback<Transaction['appState']>(url.href)
    await visitor.loggedIn(pending.audience)
    dropAddress(host, 'after-login')
    return { outcome: 'redirect', address: safeAddress(appState?.target, host) }
  } catch (error) {
    if (pending.appState?.target) keepAddress(host, 'after-login', pending.appState.target)
    await visitor.restore()
    visitor.failed(error)
    return bare
  }
}
