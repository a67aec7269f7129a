import { loggedOutPath, LowgateError, tenantUrl, type PageReference } from '../../contract/index.ts'
import { currentAddress, siteUrl } from './addresses.ts'
import { toAuthorizationParams, type Login } from './login.ts'
import { keepAddress } from './kept-address.ts'
import type { Sdk } from './sdk.ts'
import type { Engine, EngineContext } from './types.ts'
import type { Visitor } from './visitor.ts'

/** Seconds that a visitor may take in the login window, a second factor included. */
const popupTimeout = 300

const leaving = () => new Promise<never>(() => undefined)

export function createAuthClient(
  context: EngineContext,
  sdk: Sdk,
  visitor: Visitor,
  login: Login,
): Engine['client'] {
  const { host, connection, state } = context
  const addressOf = (target: PageReference | undefined) => {
    try {
      return target ? host.pageAddress(target) : undefined
    } catch (cause) {
      throw new LowgateError('config/page-missing', { cause })
    }
  }
  const noted =
    <A extends unknown[], R>(act: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      try {
        return await act(...args)
      } catch (error) {
        throw visitor.failed(error)
      }
    }

  const client: Engine['client'] = {
    loginWithRedirect: noted(async ({ target, ...request }) => {
      await login.start(request, addressOf(target) ?? login.defaultTarget())
      return leaving()
    }),

    loginWithPopup: noted(async ({ target, ...request }, popup) => {
      if (!popup) throw new LowgateError('auth/popup-blocked')
      const close = () => popup.close()
      addEventListener('pagehide', close)
      let address: string | undefined
      try {
        popup.resizeTo(400, 640)
        address = addressOf(target)
        const authorizationParams = toAuthorizationParams(request, location.search)
        await (
          await sdk.client()
        ).loginWithPopup({ authorizationParams }, { popup, timeoutInSeconds: popupTimeout })
      } finally {
        removeEventListener('pagehide', close)
        close()
      }
      const user = await visitor.loggedIn(request.audience)
      // The visitor may have gone to another page meanwhile.
      address ??= login.defaultTarget()
      if (address !== currentAddress()) await host.navigate(address)
      return user
    }),

    logout: noted(async ({ mode, target, federated }) => {
      const address = addressOf(target) ?? host.basePath
      await visitor.revoke()
      if (mode === 'local') {
        await visitor.loggedOut('logout')
        return target && host.navigate(address)
      }
      keepAddress(host, 'after-logout', address)
      await (
        await sdk.client()
      ).logout({
        logoutParams: { returnTo: siteUrl(host, loggedOutPath), ...(federated && { federated }) },
        openUrl: async (url) => {
          await visitor.loggedOut('logout', { isLeaving: true })
          location.assign(url)
        },
      })
      return leaving()
    }),

    async getUser() {
      await visitor.restore()
      return state.user
    },

    getAccessToken: (request = {}) => visitor.token(request),

    async refreshUser() {
      await visitor.token({ ignoreCache: true })
      const user = await visitor.refresh()
      if (!user) throw new LowgateError('auth/login-required')
      return user
    },

    switchOrganization: noted(async ({ organization, target }) => {
      const address = addressOf(target) ?? currentAddress()
      await visitor.revoke()
      await login.start({ organization }, address)
      return leaving()
    }),

    changePassword: noted(async ({ email, connection: name }) => {
      if (!connection) throw new LowgateError('config/no-connection')
      const reply = await fetch(`${tenantUrl(connection.domain)}/dbconnections/change_password`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ client_id: connection.clientId, email, connection: name }),
      })
      if (!reply.ok) throw new LowgateError('auth/change-refused', { cause: await reply.text() })
    }),
  }
  return client
}
