import { suffix } from './names.ts'

export interface Transaction {
  state?: string
  audience?: string
  appState?: { target?: string }
}

const prefixFor = (site?: string) => `a0.spajs.txs${suffix(site)}.`

/** Where the tab's storage holds the login that was started at this application. */
export const transactionKey = (clientId: string, site?: string): string => prefixFor(site) + clientId

/**
 * The login that this tab started and has not finished; `undefined` when there is none. It is read where the SDK
 * keeps it, so that a callback can be told from another provider's before the SDK consumes anything.
 */
export function pendingTransaction(clientId: string, site?: string): Transaction | undefined {
  try {
    return (
      (JSON.parse(sessionStorage.getItem(transactionKey(clientId, site)) ?? 'null') as Transaction | null) ??
      undefined
    )
  } catch {
    return undefined
  }
}

/** Whether another application on this page, an instance of its own, started the login with this `state`. */
export function isPendingElsewhere(state: string, site?: string): boolean {
  const prefix = prefixFor(site)
  try {
    const clientIds = Object.keys(sessionStorage)
      .filter((key) => key.startsWith(prefix))
      .map((key) => key.slice(prefix.length))
    return clientIds.some((clientId) => pendingTransaction(clientId, site)?.state === state)
  } catch {
    return false
  }
}
