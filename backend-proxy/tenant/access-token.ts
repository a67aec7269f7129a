import { z } from 'zod'
import type { ProxyError } from 'lowgate/contract/proxy-api'
import { proxyError } from '../errors.ts'
import type { Secret } from 'lowgate/contract'
import type { GuardedFetch, UpstreamReply } from './guarded-fetch.ts'
import { rateLimited, upstreamFault, waitAfter } from './upstream-errors.ts'

export interface M2mCredentials {
  domain: string
  clientId: string
  clientSecret: Secret
}

const tokenReply = z.object({
  // It goes into a header, where anything else would be an error of ours.
  access_token: z.string().regex(/^[\x21-\x7e]+$/),
  token_type: z.string().regex(/^bearer$/i),
  expires_in: z.number().positive(),
  scope: z.string().default(''),
})

const refusal = z.object({ error: z.string().default(''), error_description: z.string().default('') }).catch({
  error: '',
  error_description: '',
})

export interface AccessToken {
  value: string
  scopes: string[]
  /** Milliseconds since 1970. */
  expiresAt: number
}

/**
 * A token for the tenant's Management API. One request, never repeated: it carries the secret.
 *
 * @throws `proxy/invalid-credentials`, `proxy/no-api-access` and what the guarded fetch throws.
 */
export async function requestToken(
  fetch: GuardedFetch,
  { domain, clientId, clientSecret }: M2mCredentials,
): Promise<AccessToken> {
  const reply = await fetch(`https://${domain}/oauth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret.reveal(),
      audience: `https://${domain}/api/v2/`,
    }),
  })
  if (reply.status !== 200) throw toTokenError(reply)
  const parsed = tokenReply.safeParse(JSON.parse(reply.text))
  if (!parsed.success) throw proxyError('proxy/bad-upstream')
  const { access_token, expires_in, scope } = parsed.data
  return {
    value: access_token,
    scopes: scope.split(' ').filter(Boolean),
    expiresAt: Date.now() + expires_in * 1000,
  }
}

/** Auth0's answer to an application that may not ask without a visitor, as no Single Page or Native one may. */
const grantRefused = /^Grant type 'client_credentials' not allowed/

const needsMachine = () =>
  proxyError('proxy/no-api-access', {
    title: 'This client ID does not belong to a Machine to Machine application.',
    cure: 'A Single Page or Native application cannot be used here: create a Machine to Machine application in Auth0 › Applications, for the Auth0 Management API, and enter its client ID and secret. Of a Regular Web application, turn on Client Credentials in Settings › Advanced Settings › Grant Types.',
  })

function toTokenError({ status, headers, text }: UpstreamReply): ProxyError {
  const { error, error_description: description } = readRefusal(text)
  if (status === 429) return rateLimited(waitAfter(headers, Date.now()))
  if (status >= 500) return upstreamFault(status)
  if (grantRefused.test(description)) return needsMachine()
  if (status === 403 && (error === 'access_denied' || error === 'unauthorized_client'))
    return proxyError('proxy/no-api-access')
  if (/^Service not found/.test(description)) return proxyError('proxy/no-api-access')
  if (status === 401 || status === 403 || /^(access_denied|invalid_client|unauthorized_client)$/.test(error))
    return proxyError('proxy/invalid-credentials')
  return proxyError('proxy/bad-upstream')
}

function readRefusal(text: string) {
  try {
    return refusal.parse(JSON.parse(text))
  } catch {
    return refusal.parse({})
  }
}
