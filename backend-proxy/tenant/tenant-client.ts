import { createHash, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ManagementClient } from 'auth0'
import { LRUCache } from 'lru-cache'
import { isLowgateError } from 'lowgate/contract'
import { underlying, withoutTexts } from '../errors.ts'
import { requestToken, type M2mCredentials } from './access-token.ts'
import { discoverIssuer } from './discovery.ts'
import type { GuardedFetch, UpstreamReply, UpstreamRequest } from './guarded-fetch.ts'
import { createRateGate } from './rate-gate.ts'
import { shareWhileGood } from './share-while-good.ts'
import { patience, toManagementError, waitAfter } from './upstream-errors.ts'

/** A tenant as one pair of M2M credentials sees it. It holds the secret in a closure, where no dump prints it. */
export interface TenantClient {
  /** Tells clients apart without telling credentials. */
  readonly id: string
  readonly domain: string
  /**
   * Tells whether the tenant is the one it claims to be and takes the credentials. Remembered while the token lasts,
   * unless the caller wants it asked `afresh`.
   */
  verify(options?: { afresh: boolean }): Promise<{ issuer: string; scopes: string[] }>
  /** The scopes granted to the M2M application. */
  scopes(): Promise<string[]>
  /** Runs `request` on Auth0's SDK. @throws a `proxy/` error, or for a 400, 404 or 409 one with that `statusCode`. */
  call<T>(request: (management: ManagementClient, apiUrl: string) => PromiseLike<T>): Promise<T>
}

export function createTenantClient(
  fetch: GuardedFetch,
  credentials: M2mCredentials,
  longestWait: number,
): TenantClient {
  const { domain } = credentials
  const paced = createRateGate(longestWait)
  const token = shareWhileGood(
    () => requestToken(fetch, credentials),
    ({ expiresAt }) => Date.now() < expiresAt - 60_000,
  )
  const issuer = shareWhileGood(
    () => discoverIssuer(fetch, domain),
    () => true,
  )

  const send = (url: string, request: UpstreamRequest) => paced(() => fetch(url, request))

  /** Reads are tried a second time when that can help soon; writes never are. */
  async function sendPatiently(url: string, request: UpstreamRequest): Promise<UpstreamReply> {
    if (request.method !== 'GET') return send(url, request)
    const first = await send(url, request).catch((error: unknown) => {
      if (isLowgateError(error, 'proxy/unreachable')) return undefined
      throw error
    })
    if (first && first.status !== 429 && first.status < 500) return first
    const wait = first?.status === 429 ? waitAfter(first.headers, Date.now()) : 250
    if (first && wait > patience) return first
    await sleep(wait)
    return send(url, request)
  }

  const managementFetch = async (url: string, init: RequestInit): Promise<Response> => {
    const reply = await sendPatiently(url, {
      method: init.method ?? 'GET',
      headers: Object.fromEntries(new Headers(init.headers)),
      body: typeof init.body === 'string' ? init.body : undefined,
    })
    if (reply.status === 401) token.forget()
    const refused = toManagementError(reply)
    if (refused) throw refused
    return new Response(reply.status === 204 ? null : reply.text, {
      status: reply.status,
      headers: reply.headers,
    })
  }

  let management: Promise<ManagementClient> | undefined
  const sdk = () => {
    management ??= import('auth0').then(
      (auth0) =>
        new auth0.ManagementClient({
          domain,
          token: async () => (await token.get()).value,
          fetch: managementFetch as typeof globalThis.fetch,
          maxRetries: 0,
          telemetry: false,
        }),
    )
    return management
  }

  return {
    id: randomUUID(),
    domain,
    async verify({ afresh } = { afresh: false }) {
      if (afresh) {
        token.forget()
        issuer.forget()
      }
      return { issuer: await issuer.get(), scopes: (await token.get()).scopes }
    },
    scopes: async () => (await token.get()).scopes,
    async call(request) {
      try {
        return await request(await sdk(), `https://${domain}/api/v2`)
      } catch (error) {
        throw underlying(error) ?? withoutTexts(error)
      }
    },
  }
}

/**
 * The clients in use, one for each pair of credentials: they share a token, and the least used make room. A request
 * waits for its turn at a tenant for `longestWait` milliseconds at most.
 */
export function createTenantPool(fetch: GuardedFetch, longestWait: number) {
  const clients = new LRUCache<string, TenantClient>({ max: 500, ttl: 3_600_000 })
  const toKey = ({ domain, clientId, clientSecret }: M2mCredentials) =>
    createHash('sha256')
      .update(JSON.stringify([domain, clientId, clientSecret.reveal()]))
      .digest('base64url')
  return {
    get(credentials: M2mCredentials): TenantClient {
      const key = toKey(credentials)
      const client = clients.get(key) ?? createTenantClient(fetch, credentials, longestWait)
      clients.set(key, client)
      return client
    },
  }
}

export type TenantPool = ReturnType<typeof createTenantPool>

/** The tenant does not have it: neither an endpoint nor a thing by that name. */
export function isAbsent(error: unknown): error is Error & { statusCode: number } {
  return (
    error instanceof Error && 'statusCode' in error && (error.statusCode === 404 || error.statusCode === 400)
  )
}
