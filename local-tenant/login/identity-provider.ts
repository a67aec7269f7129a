import { randomBytes } from 'node:crypto'

export interface ExternalAccount {
  connection: string
  email: string
}

/** What the stub identity provider and the tenant tell each other behind the browser's back. */
export interface IdentityProvider {
  /** A code for the way back, good for one exchange. */
  issue(account: ExternalAccount): string
  redeem(code: string): ExternalAccount | undefined
  /** A ticket for a place the tenant has already allowed, so that the stub is not an open redirect. */
  allowReturn(url: string): string
  takeReturn(ticket: string): string | undefined
}

export function createIdentityProvider(): IdentityProvider {
  const accounts = createTickets<ExternalAccount>()
  const returns = createTickets<string>()
  return {
    issue: accounts.issue,
    redeem: accounts.take,
    allowReturn: returns.issue,
    takeReturn: returns.take,
  }
}

function createTickets<T>() {
  const values = new Map<string, T>()
  return {
    issue(value: T): string {
      const ticket = randomBytes(16).toString('base64url')
      values.set(ticket, value)
      return ticket
    },
    take(ticket: string): T | undefined {
      const value = values.get(ticket)
      values.delete(ticket)
      return value
    },
  }
}
