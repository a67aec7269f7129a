import type { InputOf, LoginRequest } from '../contract/index.ts'
import type { advancedLoginFields, loginFields } from './login-fields.ts'

type LoginInput = InputOf<typeof loginFields> & InputOf<typeof advancedLoginFields>

/** Auth0's name for "a second factor was asked for". */
const multiFactor = 'http://schemas.openid.net/pape/policies/2007/06/multi-factor'

/** The builder's fields in the words of the port. */
export function toLoginRequest(input: LoginInput): LoginRequest {
  const { screen, additionalScopes, stepUp, language, connection, organization, loginHint } = input
  const { invitation, prompt, maxAge, audience } = input
  return {
    screenHint: screen,
    ...(connection && { connection }),
    ...(organization && { organization }),
    ...(loginHint && { loginHint }),
    ...(additionalScopes && { scope: additionalScopes }),
    ...(invitation && { invitation }),
    ...(prompt && { prompt }),
    ...(maxAge !== undefined && { maxAge }),
    ...(stepUp && { acrValues: multiFactor }),
    ...(language && { uiLocales: language }),
    ...(audience && { audience }),
  }
}
