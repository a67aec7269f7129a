import { LowgateError } from '../../contract/index.ts'
import { toSafeAddress } from '../browser/addresses.ts'
import { hasSessionHint } from '../browser/probe.ts'
import { returnAt } from '../browser/returns.ts'
import { dropKeptTarget, readKeptTarget } from '../browser/storage.ts'
import { followKeptPage } from '../browser/tabs.ts'
import { createAuthClient } from './auth-client.ts'
import { createGate } from './gate.ts'
import { createLogin, takeCallback } from './login.ts'
import { createTokens } from './tokens.ts'
import type { ConnectedContext, Engine, EngineContext, FetchArguments, Sdk } from './types.ts'
import { createVisitor, emit } from './visitor.ts'

/** The part of a session that knows visitors, guards and tabs. */
export function startEngine({ connection, environment, ...rest }: EngineContext): Engine {
  if (!connection || !environment) return createRefusal(rest, new LowgateError('config/no-connection'))
  const settings = rest.sdkOptions?.cache ? { ...rest.settings, storage: 'memory' as const } : rest.settings
  const context: ConnectedContext = { ...rest, settings, connection, environment }
  const { host } = context
  const { clientId } = connection
  const sdk = createSdk(context)
  const tokens = createTokens(context, sdk)
  const login = createLogin(context, sdk)
  const visitor = createVisitor(context, sdk, tokens, () => gate.review())
  const gate = createGate(context, visitor, login)
  const isCallback = returnAt(host, new URL(location.href), clientId) === 'login'
  if (!isCallback) void visitor.restore()
  const keptPage = followKeptPage(gate.mustHide, visitor.catchUp)
  // Without a session to look at, the engine was started for something that needs the SDK.
  if (isCallback || !hasSessionHint(clientId, host.site)) sdk.load().catch(() => undefined)

  return {
    client: createAuthClient(context, sdk, tokens, visitor, login),
    async enter(address, guards, request) {
      const url = new URL(address, location.origin)
      const returned = returnAt(host, url, clientId)
      if (returned === 'login') return takeCallback(context, sdk, visitor, url)
      if (!returned) return gate.enter(address, guards, request)
      const target = readKeptTarget(host, 'after-logout')
      dropKeptTarget(host, 'after-logout')
      return { outcome: 'redirect', address: toSafeAddress(target?.address, host) }
    },
    review: gate.review,
    async fetch(config, ...request) {
      const client = await sdk.load()
      const fetcher = client.createFetcher({
        // Each server has nonces of its own.
        ...(settings.dpop && { dpopNonceId: toOrigin(request[0], config?.baseUrl) }),
        getAccessToken: ({ audience, scope } = {}) =>
          visitor.getToken({ ...(audience && { audience }), ...(scope && { scope: scope.join(' ') }) }),
        ...config,
      })
      return fetcher.fetchWithAuth(...(settings.dpop ? await toRepeatable(request) : request))
    },
    sdk: (act) =>
      visitor.follow(act).catch((error: unknown) => {
        throw visitor.noteError(error)
      }),
    async expire() {
      await tokens.forget()
      await visitor.completeLogout('session-expired')
    },
    close() {
      keptPage.close()
      visitor.close()
    },
  }
}

function createSdk(context: ConnectedContext): Sdk {
  let client: ReturnType<Sdk['load']> | undefined
  let framed: ReturnType<Sdk['loadFramed']> | undefined
  return {
    load() {
      if (client) return client
      client = import('./sdk-client.ts').then(({ createSdkClient }) => createSdkClient(context))
      client.catch(() => (client = undefined))
      return client
    },
    loadFramed() {
      framed ??= import('./sdk-client.ts').then(({ createFramedClient }) => createFramedClient(context))
      framed.catch(() => (framed = undefined))
      return framed
    },
    forgetFramed: () => (framed = undefined),
    get isInUse() {
      return !!client
    },
  }
}

/** The same to be sent twice, since a server may want a nonce: the body of a `Request` can be read once. */
async function toRepeatable([to, init, audience]: FetchArguments): Promise<FetchArguments> {
  const body = to instanceof Request && !init?.body ? await to.clone().blob() : undefined
  return [to, body?.size ? { ...init, body } : init, audience]
}

/** The origin that a request goes to; a base may be a path of the page's own. */
function toOrigin(to: RequestInfo | URL, base = ''): string {
  const address = to instanceof Request ? to.url : to
  return new URL(address, new URL(base, location.href)).origin
}

/** Where there is nothing to log in to, every answer is the error that says so. */
export function createRefusal(
  context: Pick<EngineContext, 'state' | 'listeners'>,
  error: LowgateError,
): Engine {
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
      getTokenResponse: refuse,
      getAccessTokenWithPopup: refuse,
      askForMoreAccess: refuse,
      refreshUser: () => refuse(undefined),
      switchOrganization: refuse,
      changePassword: refuse,
    },
    enter: () => Promise.resolve({ outcome: 'error', error }),
    review: () => Promise.resolve(),
    fetch: () => refuse(undefined),
    sdk: () => refuse(undefined),
    expire: () => Promise.resolve(),
    close: () => undefined,
  }
}
