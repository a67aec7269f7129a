import { callbackPath, loggedOutPath, LowgateError } from '../../contract/index.ts'
import { createGate } from '../guards/gate.ts'
import { createLoopBreaker } from '../guards/loop-breaker.ts'
import { hasSessionHint } from '../probe.ts'
import { safeAddress, sitePath } from './addresses.ts'
import { createAuthClient } from './auth-client.ts'
import { takeCallback } from './callback.ts'
import { emit } from './emit.ts'
import { followKeptPage } from './kept-page.ts'
import { dropAddress, keptAddress } from './kept-address.ts'
import { createLogin } from './login.ts'
import { nameFor } from './names.ts'
import { createSdk } from './sdk.ts'
import type { Engine, EngineContext } from './types.ts'
import { createVisitor } from './visitor.ts'

/** The part of a session that knows visitors, guards and tabs. */
export function startEngine(context: EngineContext): Engine {
  const { host, settings, connection, environment } = context
  if (!connection || !environment) return createRefusal(context, new LowgateError('config/no-connection'))
  const sdk = createSdk(context, connection, environment)
  const login = createLogin(context, sdk, () => settings.loginPage && host.pageAddress(settings.loginPage))
  const visitor = createVisitor({ ...context, connection }, sdk, () => gate.leaveHidden())
  const gate = createGate(
    context,
    visitor,
    login,
    createLoopBreaker(nameFor(host.site, `redirects:${connection.clientId}`)),
  )
  const isCallback = sitePath(host, location) === callbackPath
  if (!isCallback) void visitor.restore()
  const keptPage = followKeptPage(gate.mustHide, visitor.shownAgain)
  // Without a session to look at, the engine was started for something that needs the SDK.
  if (isCallback || !hasSessionHint(connection.clientId, host.site)) sdk.client().catch(() => undefined)

  return {
    client: createAuthClient(context, sdk, visitor, login),
    async enter(address, guards) {
      const url = new URL(address, location.origin)
      const path = sitePath(host, url)
      if (path === callbackPath) return takeCallback(context, sdk, visitor, url)
      if (path !== loggedOutPath) return gate.enter(address, guards)
      const target = keptAddress(host, 'after-logout')
      dropAddress(host, 'after-logout')
      return { outcome: 'redirect', address: safeAddress(target, host) }
    },
    leaveHidden: () => gate.leaveHidden(),
    async expire() {
      await visitor.forget()
      await visitor.loggedOut('session-expired')
    },
    close() {
      keptPage.close()
      visitor.close()
    },
  }
}

/** Where there is nothing to log in to, every answer is the error that says so. */
function createRefusal(context: EngineContext, error: LowgateError): Engine {
  const note = () => {
    Object.assign(context.state, { error, isLoading: false })
    emit(context, 'error', error)
  }
  const refuse = (_: unknown, popup?: Window | null) => {
    popup?.close()
    note()
    return Promise.reject(error)
  }
  note()
  return {
    client: {
      loginWithRedirect: refuse,
      loginWithPopup: refuse,
      logout: refuse,
      getUser: () => Promise.resolve(undefined),
      getAccessToken: refuse,
      refreshUser: () => refuse(undefined),
      switchOrganization: refuse,
      changePassword: refuse,
    },
    enter: () => Promise.resolve({ outcome: 'error', error }),
    leaveHidden: () => Promise.resolve(),
    expire: () => Promise.resolve(),
    close: () => undefined,
  }
}
