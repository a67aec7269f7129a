import { oidcProvider } from '../library.ts'

/** A refusal of `/oauth/token` with the status and every field that the application is to see. */
export class TokenRefusal extends oidcProvider.errors.OIDCProviderError {
  override readonly error_description: string
  /** Told beside the error, such as `mfa_token`. */
  readonly more: object

  constructor(status: number, error: string, description: string, more: object = {}) {
    super(status, error)
    this.error_description = description
    this.more = more
    // Of a 5xx, too, the application is told why.
    this.expose = true
  }
}
