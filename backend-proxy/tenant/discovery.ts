import { z } from 'zod'
import { toIssuer } from 'lowgate/contract'
import { proxyError } from '../errors.ts'
import type { GuardedFetch } from './guarded-fetch.ts'
import { rateLimited, upstreamFault, waitAfter } from './upstream-errors.ts'

const document = z.object({ issuer: z.string() })

/** The issuer that the discovery document under `domain` names; `domain` may be a custom one. */
export async function readIssuer(fetch: GuardedFetch, domain: string): Promise<string> {
  const reply = await fetch(`https://${domain}/.well-known/openid-configuration`, { isAnonymous: true })
  if (reply.status === 429) throw rateLimited(waitAfter(reply.headers, Date.now()))
  if (reply.status >= 500) throw upstreamFault(reply.status)
  if (reply.status !== 200)
    throw proxyError('proxy/unreachable', { title: 'There is no tenant at this domain.' })
  const parsed = document.safeParse(JSON.parse(reply.text))
  if (!parsed.success) throw proxyError('proxy/bad-upstream')
  return parsed.data.issuer
}

/**
 * The issuer of a tenant, once its discovery document confirms it.
 *
 * @throws `proxy/issuer-mismatch` when the document names another one than the domain's own.
 * @see https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfigurationValidation
 */
export async function discoverIssuer(fetch: GuardedFetch, domain: string): Promise<string> {
  const issuer = await readIssuer(fetch, domain)
  if (issuer !== toIssuer(domain)) throw proxyError('proxy/issuer-mismatch')
  return issuer
}
