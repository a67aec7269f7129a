import type { Provider } from 'oidc-provider'
import type { ActionLibrary } from '../actions/library.ts'
import type { PostLoginRun, PostLoginRunner } from '../actions/post-login.ts'
import type { Clock } from './clock.ts'
import type { ControlState } from '../control/state.ts'
import type { PushedRequest } from '../oidc/pushed-requests.ts'
import type { OidcStore } from '../oidc/store.ts'
import type { SigningKeys } from '../oidc/tokens/signing-keys.ts'
import type { Authenticator, RecoveryCode } from './authenticators.ts'
import type { BruteForce } from './brute-force.ts'
import type { Directory } from './directory.ts'
import type { Job } from './jobs.ts'
import type { Logs } from './logs.ts'
import type { Mailbox } from './mailbox.ts'

/** What one authorization gave: kept under the id of oidc-provider's grant, read when tokens are made. */
export interface GrantContext {
  clientId: string
  userId: string
  /** Absent for a login without a browser. */
  sessionUid?: string
  /** As the application asked, before anything was filtered. */
  requestedScopes: string[]
  connection: string
  /** How the visitor had authenticated when this was granted. */
  methods: AuthenticationMethod[]
  acrValues: string[]
  uiLocales: string[]
  audience?: string
  organizationId?: string
  /** Present when the application sent `max_age`. Unix seconds. */
  authTime?: number
  /** What else of the authorization request Auth0 Actions are told. */
  request: { redirect_uri?: string; state?: string; login_hint?: string; prompt?: string[] }
  /** What Auth0 Actions set for the refresh token. `end` is in Unix seconds. */
  refreshToken?: { end?: number | undefined; metadata?: Record<string, string> | undefined }
  /** What the Auth0 Actions decided. */
  run?: PostLoginRun
}

export interface AuthenticationMethod {
  name: string
  /** ISO 8601 */
  timestamp: string
  type?: string
}

/** A login at `/oauth/token` that waits for its second factor. */
export interface MfaTransaction {
  grant: GrantContext
  protocol: string
  /** Unix seconds. */
  expires: number
  /** Of an authenticator app that is being enrolled. */
  newSecret?: string
  /** Told as the first enrolment begins; it counts when that is finished. */
  newRecoveryCode?: RecoveryCode
  /** Codes that were sent and not typed back yet, by `oob_code`. */
  sent: Map<string, { code: string; enrols?: Authenticator | undefined }>
  /** Of an access token for the MFA API, used here instead of a login. */
  scopes?: string[]
}

/** A sign-up or a login with a passkey that waits for the browser's answer. */
export interface PasskeySession {
  clientId: string
  connection: string
  challenge: string
  /** Unix seconds. */
  expires: number
  userHandle?: string
  /** Of the user about to sign up. */
  signsUp?: { email: string; name?: string | undefined; user_metadata?: Record<string, string> }
}

/** What the tenant remembers of a browser session beside oidc-provider's own. */
export interface SessionContext {
  connection: string
  /** How the visitor has authenticated in this session, as Auth0 Actions read it. */
  methods: AuthenticationMethod[]
  /** Unix seconds at which Auth0 Actions end the session. */
  end?: number | undefined
  /** The organization last logged in to, by application. */
  organizations: Map<string, string>
  /** Of the browser that logged in. */
  device?: { initial_user_agent?: string | undefined; initial_ip?: string | undefined } | undefined
  /** Written by Auth0 Actions and the Management API. */
  metadata?: Record<string, string | null> | undefined
}

/** One running tenant: its names, its data, and what happened since it started. */
export interface Tenant {
  /** `localhost:4400` */
  domain: string
  /** `http://localhost:4400` */
  origin: string
  /** The origin with a slash, as in every `iss`. */
  issuer: string
  /** Where the social and enterprise stubs live: the same port under the other loopback name. */
  identityProviderOrigin: string
  directory: Directory
  clock: Clock
  keys: SigningKeys
  actions: ActionLibrary
  postLogin: PostLoginRunner
  /** Logins that wait for the visitor to come back from a page an Auth0 Action sent to, by pending request. */
  pausedRuns: Map<string, PostLoginRun>
  pushedRequests: Map<string, PushedRequest>
  /** By `mfa_token`. */
  mfaTransactions: Map<string, MfaTransaction>
  /** By `auth_session`. */
  passkeySessions: Map<string, PasskeySession>
  grants: Map<string, GrantContext>
  sessions: Map<string, SessionContext>
  mailbox: Mailbox
  logs: Logs
  bruteForce: BruteForce
  /** Of the Management API, by id. */
  jobs: Map<string, Job>
  control: ControlState
  log: (line: string) => void
}

/** A tenant with its protocol core. */
export interface RunningTenant extends Tenant {
  provider: Provider
  store: OidcStore
}
