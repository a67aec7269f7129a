import { createHash, randomBytes } from 'node:crypto'
import type { z } from 'zod'
import type { PreflightReport, preflightRequest } from 'lowgate/contract/proxy-api'
import { tenantUrl, toAuthorizeParameters, type LoginRequest } from 'lowgate/contract'
import { invalidInput, proxyError } from '../errors.ts'
import type { GuardedFetch } from '../tenant/guarded-fetch.ts'
import { explainRefusal } from './refusals.ts'

const mostHops = 8
const defaultScopes = ['openid', 'profile', 'email', 'offline_access']

interface Connection extends Pick<LoginRequest, 'audience' | 'organization'> {
  domain: string
  clientId?: string
}

interface Attempt {
  callback: z.output<typeof preflightRequest>['callback']
  login: LoginRequest
}

/**
 * Asks the tenant for a login as a visitor's browser would, and follows it until a person would have to act. It
 * goes through the tenant's own domain, since a custom one may lead anywhere.
 *
 * @see https://auth0.com/docs/api/authentication/login/authorize-application
 */
export async function preflight(
  fetch: GuardedFetch,
  connection: Connection,
  attempt: Attempt,
): Promise<PreflightReport> {
  if (!connection.clientId) throw invalidInput('clientId', 'Pick an SPA application first.')
  const request = toAuthorizeUrl(connection, attempt)
  const cookies = new Map<string, string>()
  let at = request
  for (let hop = 0; hop < mostHops; hop += 1) {
    const reply = await fetch(at.href, {
      expects: 'page',
      headers: {
        accept: 'text/html',
        ...(cookies.size && { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }),
      },
    })
    if (reply.status === 429 || reply.status >= 500) throw proxyError('proxy/bad-upstream')
    for (const cookie of reply.headers.getSetCookie()) {
      const [, name, value] = /^([^=;]+)=([^;]*)/.exec(cookie) ?? []
      if (name !== undefined && value !== undefined) cookies.set(name, value)
    }
    const next = nextAddress(reply.headers.get('location'), at)
    if (!next) return conclude(request, at, attempt, reply.status < 400 ? undefined : readError(reply.text))
    if (isCallback(next, attempt.callback)) return conclude(request, next, attempt, fromQuery(next))
    if (next.host !== connection.domain)
      return { url: shown(request), outcome: 'identity-provider', host: next.host }
    at = next
  }
  throw proxyError('proxy/bad-upstream', { title: 'The tenant’s login page keeps redirecting.' })
}

function toAuthorizeUrl(
  { clientId = '', domain, ...connection }: Connection,
  { callback, login }: Attempt,
): URL {
  const random = () => randomBytes(32).toString('base64url')
  const url = new URL(`https://${domain}/authorize`)
  const scope = [...new Set([...defaultScopes, ...(login.scope?.split(' ').filter(Boolean) ?? [])])].join(' ')
  url.search = new URLSearchParams({
    ...toAuthorizeParameters({ ...connection, ...login, scope }),
    client_id: clientId,
    response_type: 'code',
    response_mode: 'query',
    redirect_uri: callback,
    state: random(),
    nonce: random(),
    code_challenge: createHash('sha256').update(random()).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString()
  return url
}

function nextAddress(location: string | null, base: URL): URL | undefined {
  if (location === null || !URL.canParse(location, base)) return undefined
  const next = new URL(location, base)
  // A local tenant names itself by the scheme it really speaks.
  if (next.host === base.host) next.protocol = base.protocol
  return next
}

const isCallback = (url: URL, callback: string) =>
  url.href.replace(/[?#].*$/s, '') === callback.replace(/[?#].*$/s, '')

interface Refusal {
  error: string
  description: string
}

function fromQuery({ searchParams }: URL): Refusal | undefined {
  const error = searchParams.get('error')
  return error ? { error, description: searchParams.get('error_description') ?? '' } : undefined
}

/** What an error page says, as plain text: `invalid_request: parameter organization is required for this client`. */
function readError(html: string): Refusal {
  const text = html
    // Each search ends where the next tag of its kind begins: no page takes more than a few readings.
    .replace(/<(script|style|head)\b(?:(?!<\1\b).)*?<\/\1>/gis, ' ')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/&(lt|gt|amp|quot|#39);/g, (entity) => entities[entity] ?? entity)
    .replace(/\s+/g, ' ')
  const [, error, description] = /\b([a-z]+(?:_[a-z]+)+)\s?:\s(.{1,400})/.exec(text) ?? []
  return { error: error ?? 'error', description: description?.trim() ?? text.trim().slice(0, 400) }
}

const entities: Record<string, string> = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&quot;': '"',
  '&#39;': "'",
}

function conclude(
  request: URL,
  { host }: URL,
  attempt: Attempt,
  refusal: Refusal | undefined,
): PreflightReport {
  const url = shown(request)
  if (!refusal) return { url, outcome: 'login-page', host }
  return { url, outcome: 'refused', host, ...refusal, finding: explainRefusal(refusal, attempt) }
}

/** As a visitor's browser would show it: a local tenant over plain http. */
const shown = (request: URL) => request.href.replace(request.origin, tenantUrl(request.host))
