import { inject, type InjectionKey } from 'vue'
import { LowgateError } from '../../../contract/index.ts'
import type { Auth0VueClient } from './types.ts'

/** Where `createAuth0` leaves the client of an app; the same for two copies of this file on a page. */
export const AUTH0_INJECTION_KEY: InjectionKey<Auth0VueClient> = Symbol.for('lowgate auth0-vue')

/**
 * The visitor's session in a component, in auth0-vue's words.
 *
 * @throws `host/not-installed` outside an app that uses `createAuth0`.
 * @example
 * const { user, isAuthenticated, loginWithRedirect } = useAuth0()
 */
export function useAuth0(): Auth0VueClient {
  const client = inject(AUTH0_INJECTION_KEY, undefined)
  if (!client) throw new LowgateError('host/not-installed')
  return client
}
