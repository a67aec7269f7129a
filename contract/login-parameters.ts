import type { Field, ValueOf } from './fields.ts'
import { LowgateError } from './errors/lowgate-error.ts'
import { toOrganization } from './organization.ts'

type WithoutWords<F> = F extends Field ? Omit<F, 'label' | 'help'> : never

/** A field of a form but for its words. `wireValue` is what a switch sends when it is on. */
type Parameter = WithoutWords<Field> & { readonly wire: string; readonly wireValue?: string }

/**
 * What a login can be told, each once: its name here, Auth0's name for it (`wire`), its type. The request's type, the
 * proxy's schema, the fields of the login actions and the request to Auth0 follow from these rows. Labels and help
 * texts are kept with the actions, so that no visitor downloads them.
 *
 * @see https://auth0.com/docs/api/authentication/login/authorize-application
 */
export const loginParameters = {
  /** The page of Auth0 that opens first. Default: `login`. */
  screenHint: {
    wire: 'screen_hint',
    type: 'choice',
    options: [
      { value: 'login', label: 'Log in' },
      { value: 'signup', label: 'Sign up' },
    ],
    default: 'login',
  },
  /** An Auth0 connection (identity provider) by name. Absent: the visitor chooses. */
  connection: { wire: 'connection', type: 'remote', list: 'identity-providers' },
  /** An organization by id, or by name in any case. Absent: the one of the settings, if any. */
  organization: { wire: 'organization', type: 'remote', list: 'organizations' },
  /** Fills in the visitor’s e-mail address on Auth0’s page. */
  loginHint: { wire: 'login_hint', type: 'text' },
  /** Scopes on top of `openid profile email`, one string separated by spaces. */
  scope: { wire: 'scope', type: 'text' },
  /** The ticket of an organization’s invitation. Absent: the one in the page’s address, if any. */
  invitation: { wire: 'invitation', type: 'text' },
  /** What Auth0 asks although the visitor has a session there. Absent: nothing. */
  prompt: {
    wire: 'prompt',
    type: 'choice',
    options: [
      { value: 'login', label: 'Always ask for the credentials' },
      { value: 'select_account', label: 'Choose an account' },
      { value: 'consent', label: 'Ask for consent again' },
    ],
  },
  /** Seconds since the last login after which Auth0 asks for the credentials again. 0 asks always. */
  maxAge: { wire: 'max_age', type: 'number', min: 0, unit: 'seconds' },
  /** Asks for a second factor. Default: false. */
  stepUp: {
    wire: 'acr_values',
    wireValue: 'http://schemas.openid.net/pape/policies/2007/06/multi-factor',
    type: 'switch',
    default: false,
  },
  /** Languages for Auth0’s page, the best one first, separated by spaces. */
  uiLocales: { wire: 'ui_locales', type: 'text' },
  /** The API that the access token is for. Absent: the one of the settings, if any. */
  audience: { wire: 'audience', type: 'remote', list: 'apis' },
} as const satisfies Record<string, Parameter>

type LoginParameters = typeof loginParameters

/** What a login is asked for; everything may be left out. */
export type LoginRequest = { -readonly [K in keyof LoginParameters]?: ValueOf<LoginParameters[K]> } & {
  /**
   * More parameters in Auth0's own words, such as `{ 'ext-theme': 'dark' }`; an Auth0 Action and the login page see them.
   * None of {@link reservedParameters}.
   */
  authorizationParams?: Record<string, string>
}

/** What keeps a login safe: made afresh by the runtime for each, and never taken from settings or callers. */
export const reservedParameters: readonly string[] = [
  ...['client_id', 'client_secret', 'redirect_uri', 'response_type', 'response_mode', 'state', 'nonce'],
  ...['code_challenge', 'code_challenge_method', 'code_verifier', 'dpop_jkt', 'request', 'request_uri'],
]

/**
 * @throws `input/invalid` naming a parameter that is among {@link reservedParameters}, or is not a text
 */
function checkParameters(parameters: Record<string, string> = {}): Record<string, string> {
  for (const [name, value] of Object.entries(parameters))
    if (reservedParameters.includes(name) || typeof value !== 'string')
      throw new LowgateError('input/invalid', {
        field: 'authorizationParams',
        title: `The parameter “${name.slice(0, 100)}” of a login cannot be set by hand.`,
        cure: 'Leave it out: the login makes its own. Values are texts.',
      })
  return parameters
}

/**
 * A login request in Auth0's words. Defaults are not sent; of what is not in the table, only `authorizationParams` are.
 *
 * @throws `input/invalid` for a parameter among {@link reservedParameters}
 * @example
 * toAuthorizeParameters({ screenHint: 'signup', organization: 'Acme' }) // { screen_hint: 'signup', organization: 'acme' }
 */
export function toAuthorizeParameters(request: LoginRequest): Record<string, string> {
  const sent = Object.entries<Parameter>(loginParameters).flatMap(([name, row]) => {
    const value = request[name as keyof LoginRequest]
    if (value === undefined || value === '' || ('default' in row && value === row.default)) return []
    return [
      [row.wire, row.wireValue ?? (name === 'organization' ? toOrganization(String(value)) : String(value))],
    ]
  })
  return { ...checkParameters(request.authorizationParams), ...Object.fromEntries(sent) }
}
