import type { Environment, PublicConnection, PublicSettings } from '../../contract/index.ts'
import { connectionInForce, hasKeptTokens, hasSessionHint, toChannelName } from '../browser/probe.ts'
import type { Engine, EngineContext, SessionState } from './types.ts'

/** The state before anything is known. */
export const createState = (): SessionState => ({
  user: undefined,
  isAuthenticated: false,
  isLoading: false,
  roles: [],
  permissions: [],
  organization: undefined,
  idTokenClaims: undefined,
  error: undefined,
})

export interface LoaderOptions<E extends Engine> {
  settings: PublicSettings
  /** The host's answer. */
  environment: Environment
  site: string | undefined
  state: SessionState
  /** Loads and starts the large part. */
  start(context: Omit<EngineContext, 'host'>): Promise<E>
}

export interface Loader<E extends Engine> {
  readonly environment: Environment | undefined
  readonly connection: PublicConnection | undefined
  readonly listeners: EngineContext['listeners']
  /** Rejects with what kept the large part from being downloaded; the next call tries again. */
  load(): Promise<E>
  close(): void
}

/**
 * The part of a session that every visitor downloads: it knows whether the large one is needed. Every byte here counts
 * for people who never log in.
 */
export function createLoader<E extends Engine>({
  settings,
  environment,
  site,
  state,
  start,
}: LoaderOptions<E>): Loader<E> {
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
        throw cause
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
      'BroadcastChannel' in window
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

  return {
    ...inForce,
    listeners,
    load: () => load(),
    close() {
      stopFollowing()
      engine?.then((loaded) => loaded.close()).catch(() => undefined)
    },
  }
}
