import type { AuthClient } from '../../contract/index.ts'
import { isServer } from '../browser/probe.ts'
import type { Engine, EngineContext, Session, SessionClient } from './types.ts'

/** Every method of a session’s client. */
export const sessionMethods = [
  'loginWithRedirect',
  'loginWithPopup',
  'logout',
  'getUser',
  'getAccessToken',
  'getTokenResponse',
  'getAccessTokenWithPopup',
  'askForMoreAccess',
  'refreshUser',
  'switchOrganization',
  'changePassword',
] as const satisfies (keyof AuthClient)[]

/** What hosts, actions and scripts are handed of a session. */
export function toSession(
  { environment, state, listeners }: Pick<EngineContext, 'environment' | 'state' | 'listeners'>,
  load: () => Promise<Engine>,
): Session {
  const call = (method: keyof AuthClient) => async (request: never) => {
    if (isServer && method === 'getUser') return undefined
    // Browsers let a window open during a click only, so it opens before anything is loaded.
    const popup = method.endsWith('WithPopup') && !isServer ? open('', '_blank', 'popup') : undefined
    const { client } = await load()
    return client[method](request, popup as never)
  }

  return {
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
}
