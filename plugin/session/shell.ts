import type { AuthClient, Environment, ErrorCode, PublicSettings } from '../../contract/index.ts'
import { connectionInForce } from '../environment.ts'
import { hasSessionHint } from '../probe.ts'
import type { Engine, EngineContext, Session, SessionState } from './types.ts'

const methods = [
  'loginWithRedirect',
  'loginWithPopup',
  'logout',
  'getUser',
  'getAccessToken',
  'refreshUser',
  'switchOrganization',
  'changePassword',
] as const satisfies (keyof AuthClient)[]

/** The state before anything is known. */
export const initialState = (): SessionState => ({
  user: undefined,
  isAuthenticated: false,
  isLoading: false,
  roles: [],
  permissions: [],
  organization: undefined,
  error: undefined,
})

export interface ShellOptions<E extends Engine> {
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

  function load(): Promise<E> {
    if (!engine) {
      state.isLoading = true
      // Only the download itself can fail, and may work the next time.
      engine = start({ settings, ...inForce, state, listeners }).catch((error: Error) => {
        engine = undefined
        state.isLoading = false
        throw Object.assign(error, { code: 'auth/not-loaded' satisfies ErrorCode })
      })
    }
    return engine
  }

  if (inForce.connection && hasSessionHint(inForce.connection.clientId, site)) load().catch(() => undefined)

  const call = (method: keyof AuthClient) => async (request: never) => {
    // Browsers let a window open during a click only, so it opens before anything is loaded.
    const popup = method === 'loginWithPopup' ? open('', '_blank', 'popup') : undefined
    const { client } = await load()
    return client[method](request, popup as never)
  }

  const session: Session = {
    environment: inForce.environment,
    state,
    client: Object.fromEntries(methods.map((method) => [method, call(method)])) as unknown as AuthClient,
    on(...listener) {
      listeners.add(listener as never)
      return () => listeners.delete(listener as never)
    },
    expire: async () => (await load()).expire(),
  }
  return { session, load }
}
