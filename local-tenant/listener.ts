import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { applyFault, takeFault } from './control/faults.ts'
import { createIdentityProvider } from './login/identity-provider.ts'
import { identityProviderRoutes } from './login/identity-provider-routes.ts'
import { takeCompatCookies } from './oidc/cookies.ts'
import type { RunningTenant } from './tenant/tenant.ts'
import { tenantRoutes } from './routes.ts'
import { toProviderRequest } from './oidc/token-request.ts'

const MAXIMUM_LOGGED_REQUESTS = 10_000
const MAXIMUM_BODY = 1_048_576
/** Compared exactly, as oidc-provider's own router takes other cases and a slash at the end. */
const corePaths = /^\/(oauth\/(token|revoke)|authorize(\/[\w-]+)?)$/

/** One listener for three parts: oidc-provider, the tenant's own routes, and the stub identity provider. */
export function createListener(tenant: RunningTenant, { control }: { control: boolean }): RequestListener {
  const identityProvider = createIdentityProvider()
  const core = tenant.provider.callback()
  const own = getRequestListener(tenantRoutes(tenant, identityProvider, { control }).fetch)
  const stub = getRequestListener(identityProviderRoutes(tenant, identityProvider).fetch)
  const stubHost = new URL(tenant.identityProviderOrigin).host

  async function route(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    if (request.headers.host === stubHost) return void (await stub(request, response))
    if (request.headers.host !== tenant.domain) {
      // A page elsewhere that points its own name at this machine shall not reach the tenant.
      const text = `There is no tenant "${request.headers.host}" here, only ${tenant.domain}.`
      return refuse(response, 404, text)
    }
    if (!corePaths.test(path)) return void (await own(request, response))
    await core(path.startsWith('/oauth/') ? await toProviderRequest(request) : request, response)
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!URL.canParse(request.url ?? '', tenant.origin)) return refuse(response, 400, 'Bad Request')
    if (Number(request.headers['content-length'] ?? 0) > MAXIMUM_BODY) {
      return refuse(response, 413, 'Payload Too Large')
    }
    const url = new URL(request.url ?? '', tenant.origin)
    if (!url.pathname.startsWith('/control')) {
      logRequest(tenant, request, response, url)
      const fault = takeFault(tenant.control.faults, request.method ?? 'GET', url.pathname)
      if (fault && !(await applyFault(fault, request, response))) return
    }
    if (tenant.control.thirdPartyCookiesBlocked && request.headers['sec-fetch-dest'] === 'iframe') {
      delete request.headers.cookie
    }
    takeCompatCookies(request)
    await route(request, response, url.pathname)
  }

  return (request, response) => {
    serve(request, response).catch((error: unknown) => {
      tenant.log(`failed: ${request.method} ${request.url}: ${String(error)}`)
      response.destroy()
    })
  }
}

function refuse(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain', connection: 'close' }).end(`${text}\n`)
}

function logRequest(
  tenant: RunningTenant,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): void {
  const { requests } = tenant.control
  const entry = {
    at: Date.now(),
    method: request.method ?? 'GET',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    origin: request.headers.origin,
    status: undefined as number | undefined,
  }
  requests.push(entry)
  if (requests.length > MAXIMUM_LOGGED_REQUESTS) requests.shift()
  response.on('finish', () => (entry.status = response.statusCode))
}
