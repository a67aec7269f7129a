import {
  isLowgateError,
  joinBasePath,
  loggedOutPath,
  LowgateError,
  tenantUrl,
  toAuthorizeParameters,
  type LoginRequest,
  type LogoutRequest,
  type Target,
  type TokenRequest,
} from '../../contract/index.ts'
import { readAddress, toHome, toSafeAddress, toReturnUrl } from '../browser/addresses.ts'
import { keepTarget } from '../browser/storage.ts'
import { toLowgateError } from './errors.ts'
import {
  dropInvitation,
  refuseDisplayName,
  refuseFrame,
  sameVisitor,
  toLoginParameters,
  type Login,
} from './login.ts'
import type { Tokens } from './tokens.ts'
import type { ConnectedContext, Engine, Sdk } from './types.ts'
import type { Visitor } from './visitor.ts'

/** Seconds that a visitor may take in the login window, a second factor included. */
const popupTimeout = 300

/** Never settles: the browser is leaving the page. */
const waitForLeave = () => new Promise<never>(() => undefined)

/** What a call asks for: nothing without an argument, and of a click's event, which a template passes by itself. */
const toRequest = <Q>(request: Q | undefined): Q =>
  (request instanceof Event ? undefined : request) ?? ({} as Q)

/** What workflow actions run on, once it is loaded. */
export function createAuthClient(
  { host, connection, state }: ConnectedContext,
  sdk: Sdk,
  tokens: Tokens,
  visitor: Visitor,
  login: Login,
): Engine['client'] {
  function findAddress(target: Target | undefined): string | undefined {
    if (typeof target === 'string') return toSafeAddress(joinBasePath(host.basePath, target), host)
    try {
      return target && host.pageAddress(target)
    } catch (cause) {
      throw new LowgateError('config/page-missing', { cause })
    }
  }

  const clearInvitation = async () => {
    const address = dropInvitation(readAddress())
    if (address !== readAddress()) await host.navigate(address, { replace: true })
  }

  /** Logs in in a window that the visitor's click has opened, and closes it whatever comes of that. */
  async function logInWithin(
    popup: Window | null | undefined,
    asked: LoginRequest & { target?: Target },
    toParameters: () => Record<string, string>,
  ) {
    if (!popup) throw new LowgateError('auth/popup-blocked', { login: asked })
    const close = () => popup.close()
    addEventListener('pagehide', close)
    try {
      popup.resizeTo(400, 640)
      const authorizationParams = toParameters()
      const client = await sdk.load()
      await client.loginWithPopup({ authorizationParams }, { popup, timeoutInSeconds: popupTimeout })
    } catch (error) {
      // Refused or not, the tenant has seen the ticket.
      if (isLowgateError(toLowgateError(error), 'auth/access-denied', 'auth/failed')) await clearInvitation()
      throw error
    } finally {
      removeEventListener('pagehide', close)
      close()
    }
  }

  const noteErrors =
    <Q, A extends unknown[], R>(act: (request: Q, ...args: A) => Promise<R>) =>
    async (request?: Q, ...args: A): Promise<R> => {
      try {
        return await act(toRequest(request), ...args)
      } catch (error) {
        throw visitor.noteError(error)
      }
    }

  return {
    loginWithRedirect: noteErrors(async ({ target, ...request }) => {
      const address = findAddress(target)
      await login.start(request, address === undefined ? login.findTarget() : { address })
      return waitForLeave()
    }),

    loginWithPopup: noteErrors(async ({ target, ...request }, popup) => {
      let address: string | undefined
      await logInWithin(popup, { ...request, ...(target && { target }) }, () => {
        address = findAddress(target)
        const { organization } = address === undefined ? login.findTarget() : {}
        return toLoginParameters(request, readAddress(), organization)
      })
      const user = await visitor.completeLogin(request.audience)
      await clearInvitation()
      // The visitor may have gone to another page meanwhile.
      address ??= login.findTarget().address
      if (address !== readAddress()) await host.navigate(address)
      return user
    }),

    logout: noteErrors(async ({ mode, target, federated }: LogoutRequest) => {
      const address = findAddress(target) ?? toHome(host)
      await tokens.revoke()
      if (mode === 'local') {
        await visitor.completeLogout('logout')
        if (target) await host.navigate(address)
        return
      }
      keepTarget(host, 'after-logout', { address })
      const client = await sdk.load()
      await client.logout({
        logoutParams: { returnTo: toReturnUrl(host, loggedOutPath), ...(federated && { federated }) },
        openUrl: async (url) => {
          await visitor.completeLogout('logout', { isLeaving: true })
          location.assign(url)
        },
      })
      return waitForLeave()
    }),

    async getUser() {
      await visitor.restore()
      return state.user
    },

    getAccessToken: async (request) => (await visitor.getToken(toRequest(request))).access_token,

    getTokenResponse: (request) => visitor.getToken(toRequest(request)),

    getAccessTokenWithPopup: noteErrors(async (request: Omit<TokenRequest, 'ignoreCache'>, popup) => {
      await logInWithin(popup, request, () => toAuthorizeParameters({ ...sameVisitor(state), ...request }))
      await visitor.completeLogin(request.audience)
      return (await visitor.getToken(request)).access_token
    }),

    askForMoreAccess: noteErrors(async (request: LoginRequest) => {
      await login.startMore(request, login.findTarget())
      return waitForLeave()
    }),

    async refreshUser() {
      await visitor.getToken({ ignoreCache: true })
      const user = await visitor.completeRefresh()
      if (!user) throw new LowgateError('auth/login-required')
      return user
    },

    switchOrganization: noteErrors(async ({ organization, target }) => {
      refuseFrame()
      refuseDisplayName(organization)
      const address = findAddress(target) ?? readAddress()
      await tokens.revoke()
      await login.start({ organization }, { address })
      return waitForLeave()
    }),

    changePassword: noteErrors(async ({ email, connection: name }) => {
      const { domain, clientId } = connection
      const reply = await fetch(`${tenantUrl(domain)}/dbconnections/change_password`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ client_id: clientId, email, connection: name }),
      })
      if (!reply.ok) throw new LowgateError('auth/change-refused', { cause: await reply.text() })
    }),
  }
}
