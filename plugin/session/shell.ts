import { LowgateError, type AuthClient, type Environment, type PublicSettings } from '../../contract/index.ts'
import { connectionInForce, hasKeptTokens, hasSessionHint, toChannelName } from '../browser/probe.ts'
import { returnAt } from '../browser/returns.ts'
import type {
  Engine,
  EngineContext,
  HostedSession,
  Session,
  SessionClient,
  SessionOptions,
  SessionState,
} from './types.ts'

/** Every method of a session’s client. */
export const sessionMethods = [
  'loginWithRedirect',
  'loginWithPopup',
  'logout',
  'getUser',
  'getAccessToken',
  'askForMoreAccess',
  'refreshUser',
  'switchOrganization',
  'changePassword',
] as const satisfies (keyof AuthClient)[]

/** The state before anything is known. */
export const createState = (): SessionState => ({
  user: undefined,
  isAuthenticated: false,
  isLoading: false,
  roles: [],
  permissions: [],
  organization: undefined,
  error: undefined,
})

interface ShellOptions<E extends Engine> {
  settings: PublicSettings
  /** The host's answer. */
  environment: Environment
  site: string | undefined
  state: SessionState
  /** Loads and starts the large part. */
  start(context: Omit<EngineContext, 'host'>): Promise<E>
}

/**
 * The part of a session that every visitor downloads: it knows whether the large one is needed, and stands in for
 * it until then. Every byte here counts for people who never log in.
 */
export function createShell<E extends Engine>({
  settings,
  environment,
  site,
  state,
  start,
}: ShellOptions<E>) {
  const inForce = connectionInForce(settings, location.origin, environment)
  const listeners: EngineContext['listeners'] = new Set()
  let engine: Promise<E> | undefined

  function load(followsLogin = false): Promise<E> {
    if (!engine) {
      state.isLoading = true
      // Only the download itself can fail, and may work the next time.
      engine = start({ settings, ...inForce, state, listeners, followsLogin }).catch((cause: unknown) => {
        engine = undefined
        state.isLoading = false
        throw new LowgateError('auth/not-loaded', { cause })
      })
    }
    return engine
  }

  /** Loads the large part where there may be a session: now, once another tab logs in, or after the page was kept. */
  function followSession(environment: Environment, clientId: string): () => void {
    const tryLoad = (followsLogin?: boolean) => void load(followsLogin).catch(() => undefined)
    const look = () => {
      const hasTokens = settings.storage !== 'memory' && hasKeptTokens(environment, clientId, site)
      if (hasTokens || hasSessionHint(clientId, site)) tryLoad()
    }
    look()
    addEventListener('pageshow', look)
    // Where there is none, the next page follows.
    const tabs =
      typeof BroadcastChannel === 'function'
        ? new BroadcastChannel(toChannelName(environment, clientId, site))
        : undefined
    tabs?.addEventListener('message', ({ data }) => data === 'login' && tryLoad(true))
    return () => {
      removeEventListener('pageshow', look)
      tabs?.close()
    }
  }

  const { environment: served, connection } = inForce
  const stopFollowing = connection && served ? followSession(served, connection.clientId) : () => undefined

  const call = (method: keyof AuthClient) => async (request: never) => {
    // Browsers let a window open during a click only, so it opens before anything is loaded.
    const popup = method === 'loginWithPopup' ? open('', '_blank', 'popup') : undefined
    const { client } = await load()
    return client[method](request, popup as never)
  }

  const session: Session = {
    environment: inForce.environment,
    state,
    client: Object.fromEntries(
      sessionMethods.map((method) => [method, call(method)]),
    ) as unknown as SessionClient,
    on(...listener) {
      listeners.add(listener as never)
      return () => listeners.delete(listener as never)
    },
    expire: async () => (await load()).expire(),
  }
  const close = () => {
    stopFollowing()
    engine?.then((loaded) => loaded.close()).catch(() => undefined)
  }
  return { session, load, close, clientId: connection?.clientId }
}

/**
 * A visitor's session with the tenant of the environment in force. It costs about a kilobyte until it is needed:
 * the Auth0 SDK loads for a callback, a returning visitor, a guarded page or an action. It works without the
 * backend proxy.
 *
 * @example
 * const session = createSession({ settings, host })
 * const entry = await session.enter(location.pathname + location.search + location.hash, ['authenticated'])
 * @see https://auth0.com/docs/libraries/auth0-single-page-app-sdk
 */
export function createSession({ settings, host, state = createState() }: SessionOptions): HostedSession {
  const { session, load, close, clientId } = createShell({
    settings,
    state,
    environment: host.environment(),
    site: host.site,
    start: async (context) => (await import('./engine.ts')).startEngine({ ...context, host }),
  })
  return {
    ...session,
    close,
    async enter(address, guards = []) {
      return returnAt(host, new URL(address, location.origin), clientId) ||
        guards.some((guard) => guard !== 'everyone')
        ? (await load()).enter(address, guards)
        : { outcome: 'show' }
    },
  }
}
