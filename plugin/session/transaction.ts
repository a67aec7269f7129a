export interface Transaction {
  state?: string
  appState?: { target?: string }
}

const prefix = 'a0.spajs.txs.'

/**
 * The login that this tab started and has not finished; `undefined` when there is none. It is read where the SDK
 * keeps it, so that a callback can be told from another provider's before the SDK consumes anything.
 */
export function pendingTransaction(clientId: string): Transaction | undefined {
  try {
    return (
      (JSON.parse(sessionStorage.getItem(prefix + clientId) ?? 'null') as Transaction | null) ?? undefined
    )
  } catch {
    return undefined
  }
}

/** Whether another application on this page, an instance of its own, started the login with this `state`. */
export function isPendingElsewhere(state: string): boolean {
  try {
    const clientIds = Object.keys(sessionStorage)
      .filter((key) => key.startsWith(prefix))
      .map((key) => key.slice(prefix.length))
    return clientIds.some((clientId) => pendingTransaction(clientId)?.state === state)
  } catch {
    return false
  }
}
