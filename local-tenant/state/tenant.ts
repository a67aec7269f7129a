import type { Provider } from 'oidc-provider'
import type { ActionOutcome, PostLoginRunner } from '../actions/post-login.ts'
import type { Clock } from '../clock.ts'
import type { ControlState } from '../control/state.ts'
import type { OidcStore } from '../oidc/store.ts'
import type { SigningKeys } from '../tokens/signing-keys.ts'
import type { Directory } from './directory.ts'
import type { Mailbox } from './mailbox.ts'

/** What one authorization gave: kept under the id of oidc-provider's grant, read when tokens are made. */
export interface GrantContext {
  clientId: string
  userId: string
  sessionUid: string
  /** As the application asked, before anything was filtered. */
  requestedScopes: string[]
  connection: string
  amr: string[]
  acrValues: string[]
  uiLocales: string[]
  audience?: string
  organizationId?: string
  /** Present when the application sent `max_age`. Unix seconds. */
  authTime?: number
  action?: ActionOutcome
}

/** What the tenant remembers of a browser session beside oidc-provider's own. */
export interface SessionContext {
  connection: string
  /** The organization last logged in to, by application. */
  organizations: Map<string, string>
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
  postLogin: PostLoginRunner
  grants: Map<string, GrantContext>
  sessions: Map<string, SessionContext>
  mailbox: Mailbox
  control: ControlState
  log: (line: string) => void
}

/** A tenant with its protocol core. */
export interface RunningTenant extends Tenant {
  provider: Provider
  store: OidcStore
}
