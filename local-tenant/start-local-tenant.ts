import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { createActionLibrary } from './actions/library.ts'
import { createPostLoginRunner } from './actions/post-login.ts'
import { createCertificate, type Certificate } from './certificate.ts'
import { createClock } from './tenant/clock.ts'
import { createControlState } from './control/state.ts'
import { createListener } from './listener.ts'
import { createProvider } from './oidc/create-provider.ts'
import { ownApis } from './tenant/apis.ts'
import { boundActions } from './tenant/actions.ts'
import { createBruteForce } from './tenant/brute-force.ts'
import { createLogs } from './tenant/logs.ts'
import type { TenantSeed } from './tenant/seeds/schema.ts'
import { createDirectory } from './tenant/directory.ts'
import { isLoopback } from './tenant/loopback.ts'
import { createMailbox } from './tenant/mailbox.ts'
import type { Tenant } from './tenant/tenant.ts'
import { managementIdentifier } from './oidc/tokens/client-credentials.ts'
import { createSigningKeys } from './oidc/tokens/signing-keys.ts'

/** How the tenant is reached. */
export interface LocalTenantOptions {
  /** `0` takes any free port; the answer's `domain` names it. */
  port: number
  /** Name in the issuer and in every URL. Anything but a loopback name needs `allowRemote`. Default: `localhost`. */
  host?: string
  /**
   * Listen on every interface under a name that other machines know. The accounts are public: think twice.
   * Default: false.
   */
  allowRemote?: boolean
  /** Speak https, with this certificate or one made at the start. Several of Auth0's SDKs write https themselves. Default: false. */
  https?: boolean | Certificate
  /**
   * The name, with a port if it has one, under which a proxy of yours serves this tenant over https:
   * `tenant.example.com`. The tenant itself speaks http, or https if that is asked for too. Needs `allowRemote` as
   * well, unless it is a loopback name.
   */
  publicDomain?: string
  /** Open the control API under `/control`, by which tests cause faults. Default: false. */
  control?: boolean
  /** Receives one line for what a person should know: mails, one-time codes, failures. Default: silence. */
  log?: (line: string) => void
}

/** A running tenant. */
export interface LocalTenant {
  /** For a domain field: `localhost:4400`. */
  domain: string
  /** `http://localhost:4400` */
  url: string
  /** With https, what has to be trusted: a PEM text for `NODE_EXTRA_CA_CERTS` or a browser. */
  certificate?: string
  /** Ends the server and every open connection. */
  close(): Promise<void>
}

/** A client that drips bytes is cut off within 30 seconds. `createServer` does not take all of these. */
const limits = {
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  connectionsCheckingInterval: 5_000,
  keepAliveTimeout: 5_000,
  timeout: 25_000,
  maxConnections: 2_000,
}

/**
 * Starts an Auth0 tenant on this machine and answers once it takes requests. All state is in memory.
 *
 * @throws when the port is taken, the host is not a loopback name, or the seed contradicts itself
 * @example
 * import { demoSeed } from '@lowgate/local-tenant'
 *
 * const tenant = await startLocalTenant(demoSeed('preview', { callbackOrigins: ['http://localhost:4403'] }), { port: 4400 })
 * console.log(tenant.domain) // localhost:4400
 * await tenant.close()
 */
export async function startLocalTenant(seed: TenantSeed, options: LocalTenantOptions): Promise<LocalTenant> {
  const { host = 'localhost', publicDomain, allowRemote = false } = options
  const publicName = publicDomain?.replace(/:\d+$/, '') ?? host
  const remote = [host, publicName].find((name) => !isLoopback(name))
  if (remote && !allowRemote) {
    throw new Error(
      `"${remote}" can be reached from other machines, and a local tenant's accounts are public. ` +
        'Use localhost, or allow it with allowRemote (--allow-remote) if you mean it.',
    )
  }
  const certificate =
    options.https === true ? await createCertificate(publicName) : options.https || undefined
  const plain = certificate ? createSecureServer({ ...limits, ...certificate }) : createServer(limits)
  const server = Object.assign(plain, limits)
  // The port comes first: issuer, cookies and the Management API's identifier carry it.
  const port = await listen(server, options.port, isLoopback(host) ? '127.0.0.1' : '0.0.0.0')
  const domain = publicDomain ?? `${host}:${port}`
  const scheme = certificate ? 'https' : 'http'
  const url = `${publicDomain ? 'https' : scheme}://${domain}`
  const neighbour = host === 'localhost' ? '127.0.0.1' : 'localhost'
  const identityProviderOrigin = `${scheme}://${neighbour}:${port}`
  const listener = prepare(seed, { ...options, domain, origin: url, identityProviderOrigin })
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
  return { domain, url, certificate: certificate?.cert, close: () => close(server) }
}

type Placed = LocalTenantOptions & Pick<Tenant, 'domain' | 'origin' | 'identityProviderOrigin'>

async function prepare(seed: TenantSeed, options: Placed): Promise<RequestListener> {
  const tenant = await createTenant(seed, options)
  const core = await createProvider(tenant)
  return createListener({ ...tenant, ...core }, { control: options.control ?? false })
}

async function createTenant(
  seed: TenantSeed,
  { domain, origin, identityProviderOrigin, log = () => undefined }: Placed,
): Promise<Tenant> {
  const clock = createClock()
  const directory = createDirectory(seed, managementIdentifier({ domain }, 'https'), ownApis(`${origin}/`))
  const actions = createActionLibrary((trigger) => boundActions(directory.actions, trigger), clock, log)
  return {
    domain,
    origin,
    issuer: `${origin}/`,
    identityProviderOrigin,
    directory,
    clock,
    keys: await createSigningKeys(),
    actions,
    postLogin: createPostLoginRunner(actions),
    pausedRuns: new Map(),
    pushedRequests: new Map(),
    mfaTransactions: new Map(),
    passkeySessions: new Map(),
    grants: new Map(),
    sessions: new Map(),
    mailbox: createMailbox(clock, log),
    logs: createLogs(clock),
    bruteForce: createBruteForce(),
    jobs: new Map(),
    control: createControlState(),
    log,
  }
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
