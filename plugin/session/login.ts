import { callbackPath, LowgateError, toAuthorizeParameters, type LoginRequest } from '../../contract/index.ts'
import { currentAddress, safeAddress, sitePath } from './addresses.ts'
import { keptAddress } from './kept-address.ts'
import type { Sdk } from './sdk.ts'
import type { EngineContext } from './types.ts'

export interface Login {
  /**
   * Sends the browser to the tenant; after login it comes back to `address`, query and hash included.
   *
   * @throws `auth/framed` in a frame, where Auth0's page may not be shown.
   */
  start(request: LoginRequest, address: string): Promise<void>
  /** Where a login that names no page leads: to the page the visitor is on, or the one she was sent away from. */
  defaultTarget(): string
}

export function createLogin({ host }: EngineContext, sdk: Sdk, loginPage: () => string | undefined): Login {
  return {
    async start(request, address) {
      if (window.top !== window.self) throw new LowgateError('auth/framed')
      const { search } = new URL(address, location.origin)
      await (
        await sdk.client()
      ).loginWithRedirect({
        authorizationParams: toAuthorizationParams(request, search),
        appState: { target: safeAddress(address, host) },
      })
    },
    defaultTarget() {
      const path = sitePath(host, location)
      const isOnTheWay = path === callbackPath || location.pathname === loginPage()
      return safeAddress((isOnTheWay && keptAddress(host, 'after-login')) || currentAddress(), host)
    },
  }
}

/**
 * A login request in the protocol's words. An invitation in the page's own address is taken along with its
 * organization, so that a link from Auth0's invitation e-mail works on any page with a login.
 *
 * @see https://auth0.com/docs/manage-users/organizations/configure-organizations/invite-members
 */
export function toAuthorizationParams(request: LoginRequest, search: string): Record<string, string> {
  const link = new URLSearchParams(search)
  const invitation = request.invitation ?? link.get('invitation')
  const organization = request.organization ?? (invitation ? link.get('organization') : null)
  return toAuthorizeParameters({
    ...request,
    ...(invitation && { invitation }),
    ...(organization && { organization }),
  })
}
