import { computed, inject, type ComputedRef, type InjectionKey } from 'vue'
import { LowgateError } from '../../../contract/index.ts'
import type { Session, SessionState } from '../../session/types.ts'

/** Where `createLowgate` leaves the session of an app; the same for two copies of this file on a page. */
export const toAuthKey = (name: string): InjectionKey<Session> => Symbol.for(`lowgate ${name}`)

/**
 * The visitor's session in a component: refs that follow it, and what can be done with it. The words are those
 * of auth0-vue where the meaning is the same.
 *
 * @param name Of one of several instances on the page, as given to `createLowgate`.
 * @throws `host/not-installed` outside an app that uses `createLowgate`.
 * @example
 * const { user, isAuthenticated, loginWithRedirect, logout } = useAuth()
 */
export function useAuth(name = '') {
  const session = inject(toAuthKey(name), undefined)
  if (!session) throw new LowgateError('host/not-installed')
  const { state, client } = session
  const keys = Object.keys(state) as (keyof SessionState)[]
  const refs = Object.fromEntries(keys.map((key) => [key, computed(() => state[key])]))
  return { ...(refs as { [K in keyof SessionState]: ComputedRef<SessionState[K]> }), ...client, session }
}
