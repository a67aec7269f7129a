import { LowgateError } from '../../contract/index.ts'
import { connectionInForce, isServer } from '../browser/probe.ts'
import { returnAt } from '../browser/returns.ts'
import { createLoader, createState, type Loader, type LoaderOptions } from './loader.ts'
import { toSession } from './to-session.ts'
import type { Engine, HostedSession, SessionOptions } from './types.ts'

/** On a server there is no tab to follow, and nobody to load anything for. */
const createServerLoader = <E extends Engine>({ settings, environment }: LoaderOptions<E>): Loader<E> => ({
  ...connectionInForce(settings, '', environment),
  listeners: new Set(),
  load: () => Promise.reject(new LowgateError('host/no-browser')),
  close: () => undefined,
})

/** A session whose calls load the large part. */
export function createShell<E extends Engine>(options: LoaderOptions<E>) {
  const { connection, close, ...loader } = isServer ? createServerLoader(options) : createLoader(options)
  const load = () =>
    loader.load().catch((cause: unknown) => {
      throw cause instanceof LowgateError ? cause : new LowgateError('auth/not-loaded', { cause })
    })
  const session = toSession({ ...loader, state: options.state }, load)
  return { session, load, close, clientId: connection?.clientId }
}

/**
 * A visitor's session with the tenant of the environment in force. It costs less than two kilobytes until it is needed:
 * the Auth0 SDK loads for a callback, a returning visitor, a guarded page or an action. It works without the
 * backend proxy.
 *
 * @example
 * const session = createSession({ settings, host })
 * const entry = await session.enter(location.pathname + location.search + location.hash, ['authenticated'])
 * @see https://auth0.com/docs/libraries/auth0-single-page-app-sdk
 */
export function createSession({
  settings,
  host,
  state = createState(),
  sdkOptions,
}: SessionOptions): HostedSession {
  const { session, load, close, clientId } = createShell({
    settings,
    state,
    environment: host.environment(),
    site: host.site,
    start: async (context) => (await import('./engine.ts')).startEngine({ ...context, host, sdkOptions }),
  })
  return {
    ...session,
    close,
    async enter(address, guards = [], login) {
      return returnAt(host, new URL(address, location.origin), clientId) ||
        guards.some((guard) => guard !== 'everyone')
        ? (await load()).enter(address, guards, login)
        : { outcome: 'show' }
    },
  }
}
