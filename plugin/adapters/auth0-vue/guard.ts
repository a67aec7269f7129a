import { watch, type App } from 'vue'
import type { RouteLocation } from 'vue-router'
import { LowgateError } from '../../../contract/index.ts'
import type { Auth0VueClient, AuthGuardOptions } from './types.ts'

declare module 'vue' {
  interface ComponentCustomProperties {
    $auth0: Auth0VueClient
  }
}

/** The client of the app that used `createAuth0` last. */
let latest: Auth0VueClient | undefined

export const noteClient = (client: Auth0VueClient): void => void (latest = client)

/**
 * A guard for routes: visitors who are not logged in go to the tenant and come back to the page they asked for.
 *
 * @example
 * const guard = createAuthGuard(app) // { path: '/profile', component, beforeEnter: guard }
 */
export function createAuthGuard(
  appOrOptions?: App | AuthGuardOptions,
): (to: RouteLocation) => Promise<boolean> {
  const { app, redirectLoginOptions }: AuthGuardOptions =
    appOrOptions && 'config' in appOrOptions ? { app: appOrOptions } : (appOrOptions ?? {})
  return async (to) => {
    const client = app ? app.config.globalProperties.$auth0 : latest
    if (!client) throw new LowgateError('host/not-installed')
    await settle(client)
    if (client.isAuthenticated.value) return true
    const { appState, ...options } = redirectLoginOptions ?? {}
    await client.loginWithRedirect({ ...options, appState: { target: to.fullPath, ...appState } })
    return false
  }
}

/** {@link createAuthGuard} for the app that used `createAuth0` last. */
export const authGuard = createAuthGuard()

/** Settles once it is known whether the visitor is logged in. */
const settle = ({ isLoading }: Auth0VueClient) =>
  new Promise<void>((resolve) => {
    const stop = watch(
      isLoading,
      (loading) => {
        if (loading) return
        resolve()
        queueMicrotask(() => stop())
      },
      { immediate: true, flush: 'sync' },
    )
  })
