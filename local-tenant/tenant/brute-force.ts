/** Attempts in a row after which Auth0 blocks an account for an address. */
const THRESHOLD = 10

export interface BlockedFor {
  identifier: string
  ip: string
  connection: string
}

/** Auth0's brute-force protection: wrong passwords in a row for one account from one address. */
export interface BruteForce {
  /** Counts a wrong password. `true` when this one blocked the account. */
  failed(attempt: BlockedFor): boolean
  succeeded(attempt: BlockedFor): void
  isBlocked(attempt: BlockedFor): boolean
  /** The blocks of any of these identifiers (e-mail, username, phone number). */
  blocks(identifiers: string[]): BlockedFor[]
  unblock(identifiers: string[]): void
}

export function createBruteForce(): BruteForce {
  const attempts = new Map<string, BlockedFor & { count: number }>()
  const keyOf = ({ identifier, ip, connection }: BlockedFor) =>
    JSON.stringify([identifier.toLowerCase(), ip, connection])
  const isBlocked = (attempt: BlockedFor) => (attempts.get(keyOf(attempt))?.count ?? 0) >= THRESHOLD
  const of = (identifiers: string[]) =>
    [...attempts.values()].filter(({ identifier }) => identifiers.includes(identifier))
  return {
    isBlocked,
    failed(attempt) {
      const before = attempts.get(keyOf(attempt))?.count ?? 0
      const identifier = attempt.identifier.toLowerCase()
      attempts.set(keyOf(attempt), { ...attempt, identifier, count: before + 1 })
      return before + 1 === THRESHOLD
    },
    succeeded: (attempt) => void attempts.delete(keyOf(attempt)),
    blocks: (identifiers) =>
      of(identifiers)
        .filter(isBlocked)
        .map(({ identifier, ip, connection }) => ({ identifier, ip, connection })),
    unblock(identifiers) {
      for (const attempt of of(identifiers)) attempts.delete(keyOf(attempt))
    },
  }
}
