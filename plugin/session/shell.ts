import { LowgateError, type AuthClient } from '../../contract/index.ts'
import { returnAt } from '../browser/returns.ts'
import { createLoader, type LoaderOptions } from './loader.ts'
import type { Engine, HostedSession, Session, SessionClient, SessionOptions, SessionState } from './types.ts'

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

/** A session whose calls load the large part. */
export function createShell<E extends Engine>(options: LoaderOptions<E>) {
  const { environment, connection, listeners, close, ...loader } = createLoader(options)
  const { state } = options
  const load = () =>
    loader.load().catch((cause: unknown) => {
      throw new LowgateError('auth/not-loaded', { cause })
    })

  const call = (method: keyof AuthClient) => async (request: never) => {
    // Browsers let a window open during a click only, so it opens before anything is loaded.
    const popup = method === 'loginWithPopup' ? open('', '_blank', 'popup') : undefined
    const { client } = await load()
    return client[method](request, popup as never)
  }

  const session: Session = {
    environment,
    state,
    client: Object.fromEntries(
      sessionMethods.map((method) => [method, call(method)]),
    ) as unknown as SessionClient,
    on(...listener) {
      listeners.add(listener as never)
      return () => listeners.delete(listener as never)
    },
    createFetcher: (config) => ({
      fetchWithAuth: async (...request) => (await load()).fetch(config as never, ...request),
    }),
    sdk: async (act) => (await load()).sdk(act),
    expire: async () => (await load()).expire(),
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
