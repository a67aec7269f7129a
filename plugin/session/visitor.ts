import type { IdToken } from '@auth0/auth0-spa-js'
import {
  LowgateError,
  isLowgateError,
  type TokenRequest,
  type TokenResponse,
  type User,
} from '../../contract/index.ts'
import { hasKeptTokens, hasSessionHint, toChannelName } from '../browser/probe.ts'
import { followTabs } from '../browser/tabs.ts'
import { toLowgateError } from './errors.ts'
import { toState } from './token-cache.ts'
import type { Tokens } from './tokens.ts'
import type { ConnectedContext, EngineContext, Sdk, SdkClient, SessionEvents } from './types.ts'

/** Why a session is over. */
type Ending = 'logout' | 'session-expired'

export interface Visitor {
  /** Settles once it is known whether the visitor is logged in. Asks the tenant at most once. */
  restore(): Promise<void>
  /** After the browser kept the page and shows it again: it has missed every login and logout since. */
  catchUp(): Promise<void>
  /**
   * After tokens arrived from a login, for the API if it named one: checks the clock, then everything follows.
   *
   * @param before Who was logged in already and only asked for more.
   */
  completeLogin(audience?: string, before?: string): Promise<User>
  /** After the tenant was asked again for a logged-in visitor: everything follows, without a login. */
  completeRefresh(): Promise<User | undefined>
  /** After tokens are gone; `isLeaving` when the browser is on its way to the tenant's logout. */
  completeLogout(event: Ending, options?: { isLeaving?: boolean }): Promise<void>
  /** An access token, from the cache or by one refresh for all who wait. */
  getToken(request: TokenRequest): Promise<TokenResponse>
  /** Runs what may change the session through the SDK's own methods; everything follows what it changed. */
  follow<T>(act: (client: SdkClient) => Promise<T>): Promise<T>
  /** Notes an error where the host sees it, and answers it for throwing. */
  noteError(error: unknown): LowgateError
  close(): void
}

/**
 * The one place through which the session changes: every login, logout and renewal ends in here, and from here the
 * state, the events and the other tabs follow.
 */
export function createVisitor(
  context: ConnectedContext,
  sdk: Sdk,
  tokens: Tokens,
  reviewPage: () => Promise<void>,
): Visitor {
  const { settings, state, connection, environment, host } = context
  const { clientId } = connection
  /** Seconds by which a device's clock may differ from the tenant's, as the SDK allows for the end of a token. */
  const clockTolerance = context.sdkOptions?.leeway ?? 60
  /** The access token that the state was taken from. */
  let shownToken: string | undefined
  let restored: Promise<void> | undefined
  const pending = new Map<string, Promise<TokenResponse>>()

  const tabs = followTabs(toChannelName(environment, clientId, host.site), (message) => {
    void (message === 'login' ? followLogin() : followEnd(message))
  })

  async function refreshState(): Promise<User | undefined> {
    const session = await tokens.read()
    shownToken = session.accessToken
    Object.assign(state, toState(settings, session), { isLoading: false })
    return session.user
  }

  /** @param before Who was logged in already: newer tokens of theirs are not a login. */
  async function showNewTokens(before: string | undefined): Promise<User | undefined> {
    const user = await refreshState()
    if (user && user.sub !== before) emit(context, 'login', user)
    if (user) tabs.tell('login')
    await reviewPage()
    return user
  }

  async function followLogin() {
    if (settings.storage === 'memory') await ask({ ignoreCache: true }).catch(() => undefined)
    const before = state.user?.sub
    // Storage reaches this tab a little later than the message, and piece by piece: the token is the last of them.
    const isHere = async () => ![undefined, shownToken].includes((await tokens.read()).accessToken)
    for (let tries = 0; !(await isHere()) && tries < 20; tries++)
      await new Promise((done) => setTimeout(done, 100))
    const user = await refreshState()
    if (user && user.sub !== before) emit(context, 'login', user)
    await reviewPage()
  }

  async function followEnd(event: Ending) {
    await tokens.followEnd(event)
    await end(event)
  }

  /** A page that was open when the session ran out stays, with what the visitor typed; a logout hides it. */
  async function end(event: Ending, { isLeaving = false } = {}) {
    const wasAuthenticated = state.isAuthenticated
    await refreshState()
    if (wasAuthenticated && !state.isAuthenticated) emit(context, event, undefined)
    if (event === 'logout' && !isLeaving) await reviewPage()
  }

  async function completeLogout(event: Ending, options?: { isLeaving?: boolean }) {
    await end(event, options)
    tabs.tell(event)
  }

  async function ask(request: TokenRequest): Promise<TokenResponse> {
    const token = await tokens.obtain(request).catch(async (error: unknown) => {
      throw await toTokenError(request, error)
    })
    if (!token) throw new LowgateError('auth/login-required')
    return token
  }

  /** What a refused token means for the session, as an error for whoever asked. */
  async function toTokenError(request: TokenRequest, cause: unknown): Promise<LowgateError> {
    const known = toLowgateError(cause, 'refresh')
    const isRefused = isLowgateError(
      known,
      'auth/session-expired',
      'auth/login-required',
      'auth/more-access-required',
    )
    if (!isRefused) return known
    if (state.isAuthenticated && tokens.isWider(request)) {
      const { audience, scope } = request
      // A wider token may be refused while the session is fine: its own token tells.
      if (known.code === 'auth/session-expired' && (audience || scope)) await ask({ ignoreCache: true })
      return new LowgateError('auth/more-access-required', { cause })
    }
    if (!state.isAuthenticated && !state.isLoading) return new LowgateError('auth/login-required', { cause })
    await tokens.forget()
    await completeLogout('session-expired')
    return new LowgateError('auth/session-expired', { cause })
  }

  async function lookForSession() {
    try {
      if (hasSessionHint(clientId, host.site)) {
        await tokens.takeEarly()
        if (!(await tokens.read()).accessToken) await ask({})
      }
      // Tokens whose cookie is gone may be long over.
      else if ((await tokens.read()).user) await ask({ ignoreCache: true })
    } catch (error) {
      state.error = toLowgateError(error, 'refresh')
    }
    await refreshState()
  }

  /** A page that was kept may have missed a login, a logout, or the end of the cookie that tells of a session. */
  async function catchUp() {
    if (hasSessionHint(clientId, host.site)) return followLogin()
    if (settings.storage === 'memory' || !hasKeptTokens(environment, clientId, host.site))
      return followEnd('logout')
    await lookForSession()
    await reviewPage()
  }

  async function completeLogin(audience?: string, before?: string): Promise<User> {
    tokens.completeLogin(audience)
    const client = await sdk.load()
    const claims = await client.getIdTokenClaims()
    if (Math.abs(Date.now() / 1000 - (claims?.iat ?? 0)) > clockTolerance) {
      await tokens.forget()
      throw new LowgateError('auth/clock-skew')
    }
    restored = Promise.resolve()
    state.error = undefined
    return (await showNewTokens(before)) as User
  }

  /** Makes everything follow what the SDK was told to do since `before`. */
  async function followSdk(client: SdkClient, before: IdToken | undefined) {
    const claims = await client.getIdTokenClaims()
    if (claims?.__raw === before?.__raw) return
    if (!claims) await completeLogout('logout')
    else if (claims.sub !== state.user?.sub || claims.org_id !== state.user?.org_id) await completeLogin()
    else {
      await tokens.preferSdk()
      await refreshState()
    }
  }

  const restore = () => (restored ??= context.followsLogin ? followLogin() : lookForSession())

  return {
    restore,
    catchUp,
    completeLogin,
    completeRefresh: () => showNewTokens(state.user?.sub),
    completeLogout,
    async follow(act) {
      await restore()
      const client = await sdk.load()
      const before = await client.getIdTokenClaims()
      return act(client).finally(() => followSdk(client, before))
    },
    getToken(request) {
      const key = JSON.stringify(request)
      const running = pending.get(key) ?? ask(request).finally(() => pending.delete(key))
      pending.set(key, running)
      return running
    },
    noteError(error) {
      const known = toLowgateError(error)
      Object.assign(state, { error: known, isLoading: false })
      emit(context, 'error', known)
      return known
    },
    close: () => tabs.close(),
  }
}

/** Tells everyone who listens to `event`. */
export function emit<E extends keyof SessionEvents>(
  { listeners }: Pick<EngineContext, 'listeners'>,
  event: E,
  payload: SessionEvents[E],
): void {
  for (const [name, listener] of listeners)
    if (name === event) (listener as (payload: SessionEvents[E]) => void)(payload)
}
