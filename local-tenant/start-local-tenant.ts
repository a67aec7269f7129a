import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createPostLoginRunner } from './actions/post-login.ts'
import { createClock } from './clock.ts'
import { createControlState } from './control/state.ts'
import { createListener } from './endpoints/listener.ts'
import { createProvider } from './oidc/create-provider.ts'
import type { TenantSeed } from './seeds/schema.ts'
import { createDirectory } from './state/directory.ts'
import { createMailbox } from './state/mailbox.ts'
import type { Tenant } from './state/tenant.ts'
import { managementIdentifier } from './tokens/client-credentials.ts'
import { createSigningKeys } from './tokens/signing-keys.ts'

export interface LocalTenantOptions {
  /** `0` takes any free port; the answer's `domain` names it. */
  port: number
  /** Name in the issuer and in every URL. Anything but a loopback name needs `allowRemote`. Default: `localhost`. */
  host?: string
  /** Listen on every interface under a name that other machines know. The accounts are no secret: think twice. */
  allowRemote?: boolean
  /** Open the control API under `/control`, by which tests cause faults. Default: false. */
  control?: boolean
  /** Receives one line for what a person should know: mails, one-time codes, failures. Default: silence. */
  log?: (line: string) => void
}

export interface LocalTenant {
  /** As it is typed into a domain field: `localhost:4400`. */
  domain: string
  /** `http://localhost:4400` */
  url: string
  /** Ends the server and every open connection. */
  close(): Promise<void>
}

/**
 * Starts an Auth0 tenant on this machine and answers once it takes requests. All state is in memory.
 *
 * @throws when the port is taken, the host is not a loopback name, or the seed contradicts itself
 * @example
 * import { demoSeed } from 'lowgate/local-tenant'
 *
 * const tenant = await startLocalTenant(demoSeed('preview', { callbackOrigins: ['http://localhost:4403'] }), { port: 4400 })
 * console.log(tenant.domain) // localhost:4400
 * await tenant.close()
 */
export async function startLocalTenant(seed: TenantSeed, options: LocalTenantOptions): Promise<LocalTenant> {
  const { host = 'localhost', allowRemote = false } = options
  if (!isLoopback(host) && !allowRemote) {
    throw new Error(
      `"${host}" can be reached from other machines, and a local tenant's accounts are no secret. ` +
        'Use localhost, or allow it with allowRemote (--allow-remote) if you mean it.',
    )
  }
  const server = createServer()
  // The port comes first: issuer, cookies and the Management API's identifier carry it.
  const port = await listen(server, options.port, isLoopback(host) ? '127.0.0.1' : '0.0.0.0')
  const domain = `${host}:${port}`
  const listener = prepare(seed, { ...options, domain, host })
  server.on('request', (request, response) => {
    listener.then(
      (answer) => answer(request, response),
      () => response.destroy(),
    )
  })
  await listener.catch(async (error: unknown) => {
    await close(server)
    throw error
  })
  return { domain, url: `http://${domain}`, close: () => close(server) }
}

type Placed = LocalTenantOptions & { domain: string; host: string }

async function prepare(seed: TenantSeed, options: Placed): Promise<RequestListener> {
  const tenant = await createTenant(seed, options)
  const core = await createProvider(tenant)
  return createListener({ ...tenant, ...core }, { control: options.control ?? false })
}

async function createTenant(
  seed: TenantSeed,
  { domain, host, log = () => undefined }: Placed,
): Promise<Tenant> {
  const origin = `http://${domain}`
  const port = new URL(origin).port
  return {
    domain,
    origin,
    issuer: `${origin}/`,
    identityProviderOrigin: `http://${host === 'localhost' ? '127.0.0.1' : 'localhost'}:${port}`,
    directory: createDirectory(seed, managementIdentifier({ domain }, 'https')),
    clock: createClock(),
    keys: await createSigningKeys(),
    postLogin: createPostLoginRunner(seed.actions ?? [], log),
    grants: new Map(),
    sessions: new Map(),
    mailbox: createMailbox(log),
    control: createControlState(),
    log,
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '127.0.0.1'
}

function listen(server: Server, port: number, address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE'
      reject(
        taken
          ? new Error(`Port ${port} is in use. End what uses it, or start the tenant on another port.`)
          : error,
      )
    })
    server.listen(port, address, () => resolve((server.address() as AddressInfo).port))
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
