import { LowgateError, type ErrorDetails } from 'lowgate/contract'
import { tokenTexts } from 'lowgate/contract/errors'

/** Why a token is refused. */
export type TokenCode = keyof typeof tokenTexts

const invalid = { status: 401, error: 'invalid_token' } as const
const forbidden = { status: 403, error: 'insufficient_scope' } as const

/**
 * What each refusal is to HTTP.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-3.1
 * @see https://www.rfc-editor.org/rfc/rfc9449#section-7.1
 * @see https://www.rfc-editor.org/rfc/rfc9470#section-3
 */
const outcomes = {
  'token/missing': { status: 401, error: undefined },
  'token/opaque': invalid,
  'token/id-token': invalid,
  'token/other-audience': invalid,
  'token/other-issuer': invalid,
  'token/other-algorithm': invalid,
  'token/bad-signature': invalid,
  'token/malformed': invalid,
  'token/expired': invalid,
  'token/not-yet-valid': invalid,
  'token/no-proof': invalid,
  'token/bad-proof': { status: 401, error: 'invalid_dpop_proof' },
  'token/insufficient-scope': forbidden,
  'token/not-permitted': forbidden,
  'token/second-factor': { status: 401, error: 'insufficient_user_authentication' },
  'token/no-keys': { status: 503, error: undefined },
} as const satisfies Record<TokenCode, { status: number; error: string | undefined }>

/** The status that each refusal is answered with. */
export const tokenStatus = Object.fromEntries(
  Object.entries(outcomes).map(([code, { status }]) => [code, status]),
) as { [Code in TokenCode]: (typeof outcomes)[Code]['status'] }

/** Why a request is refused: `code` to branch on, and words for its developer. It repeats nothing of the token. */
export class TokenError extends LowgateError {
  declare readonly code: TokenCode
  declare readonly title: string
  declare readonly cure: string
  /** The scopes that the request takes, separated by spaces; with `token/insufficient-scope`. */
  declare readonly scope?: string

  constructor(code: TokenCode, details: ErrorDetails & { scope?: string } = {}) {
    const { title, cure } = tokenTexts[code]
    super(code, { title, cure, ...details })
  }

  override get name() {
    return 'TokenError'
  }
}

/** The `WWW-Authenticate` of a refusal; absent where a better token would not help. */
export function challengeOf({ code, title, scope }: TokenError): string | undefined {
  const { status, error } = outcomes[code]
  if (status === 503) return undefined
  const parameters = {
    error,
    error_description: error && toAscii(title),
    scope,
    ...(code === 'token/second-factor' && { acr_values: secondFactorPolicy }),
    ...(code.endsWith('-proof') && { algs: 'ES256' }),
  }
  const list = Object.entries(parameters).flatMap(([name, value]) => (value ? [`${name}="${value}"`] : []))
  return [code.endsWith('-proof') ? 'DPoP' : 'Bearer', list.join(', ')].filter(Boolean).join(' ')
}

/** What Auth0 takes as `acr_values` of a login, to ask for a second factor. */
const secondFactorPolicy = 'http://schemas.openid.net/pape/policies/2007/06/multi-factor'

/** The signs that a parameter of the header may hold. */
const toAscii = (text: string) =>
  text
    .replaceAll('’', "'")
    .replace(/[^\x20-\x7e]/g, '?')
    .replace(/["\\]/g, "'")

/** The answer to a refused request, for a server of any kind. */
export function toAnswer(error: TokenError): {
  status: (typeof outcomes)[TokenCode]['status']
  headers: Record<string, string>
  body: { error: string; error_description: string; suggestion: string }
} {
  const challenge = challengeOf(error)
  return {
    status: tokenStatus[error.code],
    headers: {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      ...(challenge && { 'www-authenticate': challenge }),
    },
    body: { error: error.code, error_description: error.title, suggestion: error.cure },
  }
}
