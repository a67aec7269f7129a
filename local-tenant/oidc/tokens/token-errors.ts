import { auth0GrantTypes } from '../grant-types.ts'
import { notReproduced } from '../not-reproduced.ts'
import { TokenRefusal } from './token-refusal.ts'

/** An error of `/oauth/token` as Auth0 words it. Sources: `docs/local-tenant.md`, "Tokens". */
export interface TokenError {
  status: number
  error: string
  error_description: string
}

interface ProviderError {
  error?: string | undefined
  error_detail?: string | undefined
  error_description?: string | undefined
}

/** oidc-provider's reason in Auth0's words. */
export function toTokenError(raised: ProviderError, grantType: string): TokenError {
  if (raised instanceof TokenRefusal) {
    const { status, error, error_description, more } = raised
    return { status, error, error_description, ...more }
  }
  const { error = 'server_error', error_detail: detail = '', error_description: description = '' } = raised
  const anonymous = description.startsWith('no client authentication')
  if (error === 'invalid_client' || anonymous)
    return { status: 401, error: 'access_denied', error_description: 'Unauthorized' }
  if (error === 'access_denied') return { status: 403, error, error_description: description }
  if (error === 'invalid_grant' && detail.includes('DPoP'))
    return { status: 400, error: 'invalid_dpop_proof', error_description: detail }
  if (error === 'invalid_grant')
    return { status: 403, error, error_description: invalidGrant(detail, grantType) }
  if (error === 'unsupported_grant_type' && auth0GrantTypes.includes(grantType)) {
    return { status: 501, ...notReproduced(`the grant type ${grantType}`) }
  }
  if (error === 'unsupported_grant_type') {
    return { status: 403, error, error_description: `Unsupported grant type: ${grantType}` }
  }
  if (description.includes('grant type is not allowed')) {
    const text = `Grant type '${grantType}' not allowed for the client.`
    return { status: 403, error: 'unauthorized_client', error_description: text }
  }
  const missing = /^missing required parameter '(\w+)'/.exec(description)?.[1]
  return {
    status: error === 'server_error' ? 500 : 400,
    error,
    error_description: missing ? `Missing required parameter: ${missing}` : description,
  }
}

function invalidGrant(detail: string, grantType: string): string {
  if (/code_verifier|code_challenge/.test(detail)) return 'Failed to verify code verifier'
  return grantType === 'refresh_token' ? 'Unknown or invalid refresh token.' : 'Invalid authorization code'
}
