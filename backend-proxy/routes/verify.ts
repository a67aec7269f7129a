import { LRUCache } from 'lru-cache'
import { visitorHeaders } from 'lowgate/contract/proxy-api'
import { proxyError } from '../errors.ts'
import type { createAskedFor } from '../http/client-address.ts'
import type { Handlers } from '../http/mount.ts'
import type { ConnectionKey, ConnectionStore } from '../storage/connections.ts'
import type { ConnectionRow } from '../storage/schema.ts'
import type { GuardedFetch } from '../tenant/guarded-fetch.ts'
import { createVerifier, type Verifier } from '../verify/index.ts'

/** Milliseconds until a connection is looked at again: a page view costs no query. */
const connectionsAreGood = 10_000

/** Verifies visitors' tokens for a web server in front of a site or an API, as the saved connections say. */
export function createVerifyRoute(parts: {
  store: ConnectionStore
  fetch: GuardedFetch
  askedFor: ReturnType<typeof createAskedFor>
  rolesClaim?: string | undefined
}): Pick<Handlers, 'verify'> {
  const { store, fetch, askedFor, rolesClaim } = parts
  const found = new LRUCache<string, Verifier>({ max: 1_000, ttl: connectionsAreGood })
  const verifiers = new LRUCache<string, Verifier>({ max: 1_000 })

  /** The same one as long as the connection says the same: it keeps keys and verified tokens. */
  function verifierOf({ domain, custom_domain, audience }: ConnectionRow): Verifier {
    if (!audience)
      throw proxyError('proxy/no-connection', {
        title: 'This environment has no API, so there are no access tokens to verify.',
        cure: 'Choose the API audience in the connection.',
      })
    const domains = custom_domain ? [domain, custom_domain] : [domain]
    const key = JSON.stringify([domains, audience])
    const verifier =
      verifiers.get(key) ??
      createVerifier({
        domain: domains,
        audience,
        ...(rolesClaim && { rolesClaim }),
        fetch: async (url) => {
          const reply = await fetch(url.replace(/^http:/, 'https:'), { isAnonymous: true })
          return new Response(reply.text, { status: reply.status })
        },
      })
    verifiers.set(key, verifier)
    return verifier
  }

  async function find(key: ConnectionKey): Promise<Verifier> {
    const name = `${key.project}/${key.environment}`
    const known = found.get(name)
    if (known) return known
    const row = await store.find(key)
    if (!row) throw proxyError('proxy/no-connection')
    const verifier = verifierOf(row)
    found.set(name, verifier)
    return verifier
  }

  return {
    async verify({ query }, _signal, c) {
      const { project, environment, secondFactor, ...requirements } = query
      const verifier = await find({ project, environment })
      const { userId, roles, permissions, organization } = await verifier.verify(
        { authorization: c.req.header('authorization'), dpop: c.req.header('dpop'), ...askedFor(c) },
        { ...requirements, secondFactor: secondFactor === 'true' },
      )
      c.header(visitorHeaders.user, toHeader([userId]))
      c.header(visitorHeaders.roles, toHeader(roles))
      c.header(visitorHeaders.permissions, toHeader(permissions))
      c.header(visitorHeaders.organization, toHeader(organization ? [organization.id] : []))
      return undefined
    },
  }
}

/** Separated by commas; what a header cannot hold, commas and percent signs are percent-encoded. */
const toHeader = (values: readonly string[]): string =>
  values
    .map((value) =>
      value.replace(/\p{Cs}/gu, '\ufffd').replace(/[^\x20-\x7e]|[%,]|^ | $/gu, encodeURIComponent),
    )
    .join(',')
