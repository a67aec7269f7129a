import type { PostLoginEvent } from '../tenant/seeds/actions.ts'
import type { ActionLibrary } from './library.ts'
import { postLoginApi } from './post-login-api.ts'
import { TIME_LIMIT_SECONDS } from './sandbox.ts'

/** What an Auth0 Action did with the session or the refresh token. Times are Unix milliseconds. */
export interface LifetimeChanges {
  revoked?: string
  preserveRefreshTokens?: boolean
  expiresAt?: number
  idleExpiresAt?: number
  /** To be merged; `null` removes. */
  metadata: Record<string, string | null>
  /** All earlier metadata goes. */
  evicted?: true
}

/** What the Auth0 Actions of one login decided. */
export interface ActionOutcome {
  idTokenClaims: Record<string, unknown>
  accessTokenClaims: Record<string, unknown>
  addedScopes: string[]
  removedScopes: string[]
  /** To be merged into the user's; `null` removes. */
  appMetadata: Record<string, unknown>
  userMetadata: Record<string, unknown>
  /** A second factor is wanted before the login ends; `never` when an Action took it back. */
  multifactor?: 'once-a-session' | 'always' | undefined
  recordedMethods: { name: string; url: string; timestamp: string }[]
  primaryUserId?: string
  session: LifetimeChanges & { cookieMode?: 'persistent' | 'non-persistent' }
  refreshToken: LifetimeChanges
  /** Why the login is refused. */
  denied?: { error: string; description: string }
}

/** One pass through the bound Auth0 Actions. A redirect or a challenge pauses it, and it goes on from there. */
export interface PostLoginRun {
  /** How many Actions are done. */
  done: number
  outcome: ActionOutcome
  /** `api.transaction`'s, which survives pauses. */
  metadata: Record<string, string | number | boolean>
  paused?: { redirectTo: string } | { secondFactor: true } | undefined
}

export interface PostLoginContext {
  /** As things are when an Action starts. */
  event(run: PostLoginRun): Omit<PostLoginEvent, 'secrets'>
  canRedirect: boolean
  refreshing: boolean
  /** `localhost:4400` */
  issuerHost: string
  /** Unix seconds. */
  now(): number
  roles: { id: string; name: string }[]
  /** Custom claims need a namespace in tokens for Auth0's own APIs. */
  ownApi: boolean
  factors: string[]
  /** `state` of the redirect that the visitor came back from. */
  state: string
}

export type PostLoginRunner = (context: PostLoginContext, paused?: PostLoginRun) => Promise<PostLoginRun>

/** An Auth0 Action that throws refuses the login with its message, and the log hears its name. */
export function createPostLoginRunner(library: ActionLibrary): PostLoginRunner {
  return async (context, paused) => {
    const actions = library.bound('post-login')
    const run = paused ?? newRun()
    const back = run.paused && 'redirectTo' in run.paused
    delete run.paused
    const deadline = Date.now() + TIME_LIMIT_SECONDS * 1000
    let handler = back ? 'onContinuePostLogin' : 'onExecutePostLogin'
    for (; run.done < actions.length; run.done += 1, handler = 'onExecutePostLogin') {
      const action = actions[run.done]
      if (!action?.handles(handler)) continue
      const event = { ...context.event(run), secrets: action.secrets }
      const api = postLoginApi(run, event, context, library)
      try {
        await action.call(handler, event, api, deadline - Date.now())
      } catch (error) {
        const description = (error as Error | undefined)?.message ?? String(error)
        library.log(`The Auth0 Action "${action.name}" failed: ${String(error)}`)
        run.outcome.denied = { error: 'access_denied', description }
      }
      if (run.outcome.denied) break
      if (run.paused) {
        // After a redirect the same Action goes on, after a challenge the next one.
        if ('secondFactor' in run.paused) run.done += 1
        break
      }
    }
    return run
  }
}

function newRun(): PostLoginRun {
  return {
    done: 0,
    metadata: {},
    outcome: {
      idTokenClaims: {},
      accessTokenClaims: {},
      addedScopes: [],
      removedScopes: [],
      appMetadata: {},
      userMetadata: {},
      recordedMethods: [],
      session: { metadata: {} },
      refreshToken: { metadata: {} },
    },
  }
}
