import type {
  Auth0Client,
  Auth0ClientOptions,
  CustomFetchMinimalOutput,
  Fetcher,
  FetcherConfig,
  IdToken,
} from '@auth0/auth0-spa-js'
import type {
  AuthClient,
  Environment,
  Guard,
  LoginRequest,
  LowgateError,
  PublicConnection,
  PublicSettings,
  RuntimeHost,
  User,
} from '../../contract/index.ts'
import type { KnownVisitor } from '../guards/judge.ts'

/** What is known of the visitor. Replaced part by part; a host that binds to it sees every change. */
export interface SessionState extends KnownVisitor {
  user: User | undefined
  /** All claims of the ID token, those of the protocol too; `__raw` is the token itself. */
  idTokenClaims: IdToken | undefined
  /** True until it is known whether the visitor is logged in; never true for one without a trace of a session. */
  isLoading: boolean
  /** The last error of a login, logout or refresh, until the next one works. */
  error: LowgateError | undefined
}

/** What a workflow can start with, and what it is handed. */
export interface SessionEvents {
  /** Not after {@link AuthClient.askForMoreAccess} or a page that asked for more, unless somebody else came back. */
  login: User
  logout: undefined
  'session-expired': undefined
  error: LowgateError
}

/** What a host does with an address it is about to show. */
export type Entry =
  | { outcome: 'show' }
  /** Another address of this site, in place of this one in the history. */
  | { outcome: 'redirect'; address: string }
  /** The browser is on its way to the login page: show nothing. */
  | { outcome: 'leave' }
  /** Show the error in place of the page: at its address, or at `address` in its place in the history. */
  | { outcome: 'error'; error: LowgateError; address?: string }

/** What {@link createSession} runs with. */
export interface SessionOptions {
  /** Public: they ship with the site. */
  settings: PublicSettings
  /** Where the site is, and how it shows a page. */
  host: RuntimeHost
  /** The object to keep the state in. A reactive one lets a framework follow it; a plain one is made when absent. */
  state?: SessionState
  /** What Auth0's SDK is told beyond the settings. Default: nothing. */
  sdkOptions?: SdkOptions
}

/**
 * What Auth0's SDK is told beyond the settings; its own documentation says what each does. With a `cache` of yours the
 * settings' `storage` counts as `memory`: each page asks the tenant, unless the cache has the tokens. `leeway` is in
 * seconds, as is `httpTimeoutInSeconds` (default: 10).
 *
 * @see https://auth0.github.io/auth0-spa-js/interfaces/Auth0ClientOptions.html
 */
export type SdkOptions = Pick<
  Auth0ClientOptions,
  | 'authorizeTimeoutInSeconds'
  | 'cache'
  | 'cookieDomain'
  | 'httpTimeoutInSeconds'
  | 'leeway'
  | 'sessionCheckExpiryDays'
  | 'useFormData'
  | 'workerUrl'
>

/**
 * The client of a session. Where a call can do without arguments, a DOM event counts as none, so that
 * `@click="loginWithRedirect"` does what it says.
 */
export type SessionClient = {
  [K in keyof AuthClient]: undefined extends Parameters<AuthClient[K]>[0]
    ? (request?: Parameters<AuthClient[K]>[0] | Event) => ReturnType<AuthClient[K]>
    : AuthClient[K]
}

/** Sends requests with the visitor's access token. */
export type TokenFetcher<R extends CustomFetchMinimalOutput = Response> = Pick<Fetcher<R>, 'fetchWithAuth'>

/** Auth0's own client. It ends no session: for that there is `session.client.logout`. */
export type RawClient = Omit<Auth0Client, 'logout'>

/** A visitor's session with one tenant, on one page. */
export interface Session {
  /** The environment whose connection is in force; `undefined` while none is. */
  readonly environment: Environment | undefined
  readonly state: Readonly<SessionState>
  /** What workflow actions run on. The first call loads the Auth0 SDK. */
  readonly client: SessionClient
  /** Calls `listener` at each such event; the returned function stops that. */
  on<E extends keyof SessionEvents>(event: E, listener: (payload: SessionEvents[E]) => void): () => void
  /**
   * Answers something with a `fetch` that sends the visitor's access token along, with a proof where DPoP is on. It asks
   * again where a server wants a nonce; for one of another origin, the server must let the page read it
   * (`Access-Control-Expose-Headers: DPoP-Nonce, WWW-Authenticate`). Without a token it rejects as
   * `client.getAccessToken` does, otherwise as `fetch` does.
   *
   * @param config `baseUrl` for relative addresses, another `fetch`, or another `getAccessToken`.
   * @example
   * const api = session.createFetcher({ baseUrl: 'https://api.acme.example' })
   * const orders = await (await api.fetchWithAuth('/orders')).json()
   */
  createFetcher<R extends CustomFetchMinimalOutput = Response>(config?: FetcherConfig<R>): TokenFetcher<R>
  /**
   * Runs `act` with Auth0's own client, for what `client` has no method for: passkeys, second factors, connected
   * accounts, token exchange. Errors become Lowgate's, `cause` holds the SDK's; state, events and the other tabs
   * follow what it changed.
   *
   * @throws any `auth/` code, such as `auth/mfa-required`, `auth/access-denied` or `auth/failed`.
   * @example
   * await session.sdk((auth0) => auth0.passkey.login())
   * @see https://auth0.github.io/auth0-spa-js/classes/Auth0Client.html
   */
  sdk<T>(act: (auth0: RawClient) => Promise<T>): Promise<T>
  /** Ends the session as if its refresh token had run out, for the tools of a host's preview. */
  expire(): Promise<void>
}

/** A session that a host asks before it shows an address, when its router is not vue-router. */
export interface HostedSession extends Session {
  /**
   * Answers what to do with an address before it is shown. It takes the callback and the logout landing itself,
   * and decides guarded pages; an unguarded page is answered at once, without the SDK.
   *
   * @param address Path, query and hash, under the base path, as the browser shows it.
   * @param guards Of the page and of everything around it: all must allow.
   * @param login What a login that the page asks for is to say.
   */
  enter(address: string, guards?: readonly Guard[], login?: LoginRequest): Promise<Entry>
  /** Stops following other tabs. */
  close(): void
}

/** What the small part that every visitor loads hands to the large one. */
export interface EngineContext {
  settings: PublicSettings
  /** What the engine asks of a host; the environment is already decided. */
  host: Omit<RuntimeHost, 'environment'>
  environment: Environment | undefined
  connection: PublicConnection | undefined
  state: SessionState
  listeners: Set<[event: keyof SessionEvents, listener: (payload: never) => void]>
  sdkOptions?: SdkOptions | undefined
  /** The large part was loaded because another tab has logged in. */
  followsLogin: boolean
}

/** The same where there is something to log in to. */
export interface ConnectedContext extends EngineContext {
  environment: Environment
  connection: PublicConnection
}

/** The SDK's client, which never ends the session by itself. */
export interface SdkClient extends Auth0Client {
  /** Forgets all tokens of this browser. */
  forget(): Promise<void>
}

/** Auth0's SDK, which is large: it is downloaded when something asks for it. */
export interface Sdk {
  load(): Promise<SdkClient>
  /** A client that asks the tenant in a hidden frame, and keeps what it gets apart from the session. */
  loadFramed(): Promise<Auth0Client>
  /** Makes the next one start with nothing. */
  forgetFramed(): void
  /** Whether anything has asked for it yet. */
  readonly isInUse: boolean
}

/** What opens a window. */
type PopupMethod = 'loginWithPopup' | 'getAccessTokenWithPopup'

export type FetchArguments = Parameters<TokenFetcher['fetchWithAuth']>

export interface Engine {
  /** `popup` is a window opened on the visitor's click, before this part was loaded. */
  client: Omit<AuthClient, PopupMethod> & {
    [K in PopupMethod]: (
      ...args: [...Parameters<AuthClient[K]>, popup?: Window | null]
    ) => ReturnType<AuthClient[K]>
  }
  enter(address: string, guards: readonly Guard[], login?: LoginRequest): Promise<Entry>
  /** Takes the visitor home from the page on show if they may no longer see it. */
  review(): Promise<void>
  fetch(config: FetcherConfig<never> | undefined, ...request: FetchArguments): Promise<never>
  sdk<T>(act: (auth0: RawClient) => Promise<T>): Promise<T>
  expire(): Promise<void>
  close(): void
}
