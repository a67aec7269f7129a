/** What the login pages hand back to a pending authorization, each page its own part. */
export interface LoginResult {
  login?: {
    accountId: string
    connection: string
    amr: string[]
  }
  organization?: { id: string }
  /** The one-time code was right. */
  mfa?: true
  /** The visitor wants to return to the application on this machine. */
  confirmation?: true
}

export interface LoginRefusal {
  error: string
  error_description: string
}
