import {
  LowgateError,
  isLowgateError,
  type AuthClient,
  type PublicConnection,
  type User,
} from '../../contract/index.ts'
import { takeEarlyLogin } from '../head/early-login.ts'
import { hasSessionHint } from '../probe.ts'
import { toState } from './claims.ts'
import { emit } from './emit.ts'
import { toLowgateError } from './errors.ts'
import { withRenewalLock } from './renewal-lock.ts'
import { nameFor } from './names.ts'
import { createRevocation } from './revocation.ts'
import type { Sdk } from './sdk.ts'
import { followTabs } from './tabs.ts'
import { createTokenCache, recall, type KeptSession } from './token-cache.ts'
import type { EngineContext } from './types.ts'

/** Seconds by which a device's clock may differ from the tenant's, as the SDK allows for the end of a token. */
const clockTolerance = 60

/** Why a session is over. */
type Ending = 'logout' | 'session-expired'

type TokenRequest = Parameters<AuthClient['getAccessToken']>[0]

export interface Visitor {
  /** Settles once it is known whether the visitor is logged in. Asks the tenant at most once. */
  restore(): Promise<void>
  /** After the browser kept the page and shows it again: it has missed every login and logout since. */
  shownAgain(): Promise<void>
  /** After tokens arrived from a login, for the API if it named one: checks the clock, then everything follows. */
  loggedIn(audience?: string): Promise<User>
  /** After tokens are gone; `isLeaving` when the browser is on its way to the tenant's logout. */
  loggedOut(event: Ending, options?: { isLeaving?: boolean }): Promise<void>
  /** Forgets the tokens of this browser; the tenant's session stays. */
  forget(): Promise<void>
  /** The same, and lets the tenant forget the refresh tokens too, unless the settings keep them. */
  revoke(): Promise<void>
  /** An access token, from the cache or by one refresh for all who wait. */
  token(request: TokenRequest): Promise<string>
  /** Puts what the tokens say into the state. */
  refresh(): Promise<User | undefined>
  /** Notes an error where the host sees it, and answers it for throwing. */
  failed(error: unknown): LowgateError
  close(): void
}

/**
 * The one place through which the session changes: whatever logs in, out or anew ends in here, and from here the
 * state, the events and the other tabs follow.
 */
export function createVisitor(
  context: EngineContext & { connection: PublicConnection },
  sdk: Sdk,
  leaveHidden: () => Promise<void>,
): Visitor {
  const { settings, state, connection, environment, host } = context
  const { clientId } = connection
  /** What the page's head was answered, as long as the SDK holds nothing newer. */
  let early: Awaited<ReturnType<typeof takeEarlyLogin>>
  /** The access token that the state was taken from. */
  let shownToken: string | undefined
  const isInMemory = settings.storage === 'memory'
  const cache = createTokenCache(environment ?? '', host.site)
  const revocation = createRevocation(settings, connection, sdk, cache)
  let restored: Promise<void> | undefined
  /** Counts logouts, so that a refresh under way cannot bring a session back. */
  let logouts = 0
  const pending = new Map<string, Promise<string>>()

  const tabs = followTabs(nameFor(host.site, `${environment}:${clientId}`), (message) => {
    void (message === 'login' ? followLogin() : followEnd(message))
  })

  const forget = async () => {
    logouts++
    early = undefined
    await (await sdk.client()).logout({ openUrl: false })
  }

  const revoke = async () => {
    await revocation.send()
    await forget()
  }

  /** What is known of the session here and now. In localStorage the SDK is not needed to read it. */
  async function known(): Promise<KeptSession> {
    if (!isInMemory) return recall(cache, connection)
    if (early || !sdk.isInUse) return early ?? {}
    const client = await sdk.client()
    const user = await client.getUser<User>()
    const accessToken = await client.getTokenSilently({ cacheMode: 'cache-only' })
    return { ...(user && { user }), ...(accessToken && { accessToken }) }
  }

  async function refresh(): Promise<User | undefined> {
    const { user, accessToken } = await known()
    shownToken = accessToken
    Object.assign(state, toState(settings, user, accessToken), { isLoading: false })
    return user
  }

  async function followLogin() {
    if (isInMemory) await ask({ ignoreCache: true }).catch(() => undefined)
    const before = state.user?.sub
    // Storage reaches this tab a little later than the message, and piece by piece: the token is the last of them.
    const isHere = async () => ![undefined, shownToken].includes((await known()).accessToken)
    for (let tries = 0; !(await isHere()) && tries < 20; tries++)
      await new Promise((done) => setTimeout(done, 100))
    const user = await refresh()
    if (user && user.sub !== before) emit(context, 'login', user)
    await leaveHidden()
  }

  async function followEnd(event: Ending) {
    logouts++
    early = undefined
    // In memory each tab has refresh tokens of its own.
    if (sdk.isInUse) await (isInMemory && event === 'logout' ? revoke() : forget())
    // Storage reaches this tab a little later than the message.
    for (const key of cache.allKeys()) if (key.includes(clientId)) cache.remove(key)
    await end(event)
  }

  /** A page that was open when the session ran out stays, with what the visitor typed; a logout hides it. */
  async function end(event: Ending, { isLeaving = false } = {}) {
    const wasAuthenticated = state.isAuthenticated
    await refresh()
    if (wasAuthenticated && !state.isAuthenticated) emit(context, event, undefined)
    if (event === 'logout' && !isLeaving) await leaveHidden()
  }

  async function loggedOut(event: Ending, options?: { isLeaving?: boolean }) {
    await end(event, options)
    tabs.tell(event)
  }

  async function renew({ audience, scope, ignoreCache }: TokenRequest): Promise<string | undefined> {
    const isPlain = !audience && !scope && !ignoreCache
    if (isPlain && early && early.endsAt > Date.now() / 1000) return early.accessToken
    const client = await sdk.client()
    const get = () =>
      client.getTokenSilently({
        cacheMode: ignoreCache ? 'off' : 'on',
        authorizationParams: { ...(audience && { audience }), ...(scope && { scope }) },
      })
    if (isInMemory) {
      const token = await get()
      early = undefined
      return token
    }
    const entries = () =>
      cache
        .allKeys()
        .map((key) => JSON.stringify(cache.get(key)))
        .join()
    const before = entries()
    return withRenewalLock(nameFor(host.site, `renewal:${clientId}`), get, () => entries() !== before)
  }

  async function ask(request: TokenRequest): Promise<string> {
    const before = logouts
    try {
      const token = await renew(request)
      if (logouts === before && token) return token
    } catch (error) {
      throw await afterRefusal(request, error)
    }
    await revoke()
    throw new LowgateError('auth/login-required')
  }

  /** What a refused token means for the session, as an error for whoever asked. */
  async function afterRefusal({ audience }: TokenRequest, cause: unknown): Promise<LowgateError> {
    const known = toLowgateError(cause, 'refresh')
    if (!isLowgateError(known, 'auth/session-expired', 'auth/login-required')) return known
    // A token for another API may be refused while the session itself is fine.
    const isOther = audience && audience !== connection.audience
    if (isOther) await end('session-expired')
    if (isOther || (!state.isAuthenticated && !state.isLoading))
      return new LowgateError('auth/login-required', { cause })
    await forget()
    await loggedOut('session-expired')
    return new LowgateError('auth/session-expired', { cause })
  }

  async function firstLook() {
    try {
      if (hasSessionHint(clientId, host.site)) await lookForSession()
      // Tokens whose cookie is gone may be long over.
      else if ((await known()).user) await ask({ ignoreCache: true })
    } catch (error) {
      state.error = toLowgateError(error, 'refresh')
    }
    await refresh()
  }

  async function lookForSession() {
    if (isInMemory) early = await takeEarlyLogin(connection)
    if (!(await known()).accessToken) await ask({})
  }

  return {
    restore: () => (restored ??= firstLook()),
    shownAgain: () => (hasSessionHint(clientId, host.site) ? followLogin() : followEnd('logout')),
    async loggedIn(audience) {
      revocation.note(audience)
      const claims = await (await sdk.client()).getIdTokenClaims()
      if (Math.abs(Date.now() / 1000 - (claims?.iat ?? 0)) > clockTolerance) {
        await forget()
        throw new LowgateError('auth/clock-skew')
      }
      restored = Promise.resolve()
      early = undefined
      state.error = undefined
      const user = (await refresh()) as User
      emit(context, 'login', user)
      tabs.tell('login')
      return user
    },
    loggedOut,
    forget,
    revoke,
    token(request) {
      revocation.note(request.audience)
      const key = JSON.stringify(request)
      const running = pending.get(key) ?? ask(request).finally(() => pending.delete(key))
      pending.set(key, running)
      return running
    },
    refresh,
    failed(error) {
      const known = toLowgateError(error)
      Object.assign(state, { error: known, isLoading: false })
      emit(context, 'error', known)
      return known
    },
    close: () => tabs.close(),
  }
}
