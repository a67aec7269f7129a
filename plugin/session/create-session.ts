import { callbackPath, loggedOutPath } from '../../contract/index.ts'
import { createShell, initialState } from './shell.ts'
import type { HostedSession, SessionOptions } from './types.ts'

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
export function createSession({ settings, host, state = initialState() }: SessionOptions): HostedSession {
  const { session, load } = createShell({
    settings,
    state,
    environment: host.environment(),
    site: host.site,
    start: async (context) => (await import('./engine.ts')).startEngine({ ...context, host }),
  })
  return {
    ...session,
    close: () => void load().then((engine) => engine.close()),
    async enter(address, guards = []) {
      const path = address.split(/[?#]/)[0]?.slice(host.basePath.length - 1)
      const isOurs = path === callbackPath || path === loggedOutPath
      return isOurs || guards.some((guard) => guard !== 'everyone')
        ? (await load()).enter(address, guards)
        : { outcome: 'show' }
    },
  }
}
