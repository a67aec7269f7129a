import type { PostLoginEvent } from '../tenant/seeds/actions.ts'

/** What the login pages hand back to a pending authorization, each page its own part. */
export interface LoginResult {
  login?: {
    accountId: string
    connection: string
    /** `pwd` or `federated`, as in `event.authentication.methods`. */
    method: string
  }
  organization?: { id: string }
  /** The one-time code was right. */
  mfa?: true
  /** How the visitor came back from the page an Auth0 Action sent to. */
  continued?: PostLoginEvent['request']
  /** The visitor wants to return to the application on this machine. */
  confirmation?: true
}

export interface LoginRefusal {
  error: string
  error_description: string
}
