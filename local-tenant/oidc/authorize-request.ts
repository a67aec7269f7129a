import type { Tenant } from '../tenant/tenant.ts'
import { isWebOrigin, isAllowedUrl } from './callback-urls.ts'

/** A request that Auth0 answers with its own error page, because nothing in it can be trusted. */
export interface PageError {
  error: string
  description: string
  status: number
}

export type Query = Record<string, string>

export function isPageError(value: Query | PageError): value is PageError {
  return typeof value.status === 'number'
}

/** Auth0's checks that come before any redirect. `undefined`: the request may go on. */
export function findPageError(tenant: Tenant, query: Query): PageError | undefined {
  const client = tenant.directory.clients.get(query.client_id ?? '')
  if (!query.client_id) return invalid('Missing required parameter: client_id')
  if (!client) return invalid(`Unknown client: ${query.client_id}`)
  if (!query.response_type) return invalid('Missing required parameter: response_type')
  const redirectUri = query.redirect_uri ?? client.callbacks?.[0]
  if (!redirectUri || !isAllowedUrl(redirectUri, client.callbacks)) {
    return {
      error: 'unauthorized_client',
      description: `Callback URL mismatch. ${redirectUri ?? ''} is not in the list of allowed callback URLs`,
      status: 403,
    }
  }
  const origin = URL.canParse(redirectUri) ? new URL(redirectUri).origin : redirectUri
  if (query.response_mode === 'web_message' && !isWebOrigin(origin, client)) {
    return invalid(`The specified redirect_uri '${redirectUri}' does not have a registered origin.`)
  }
  return undefined
}

/**
 * The request in oidc-provider's words. oidc-provider knows OpenID scopes only, so it is asked only for
 * `openid`; what the application asked for travels in `requested_scope` and is granted when tokens are made.
 */
export function toProviderQuery(tenant: Tenant, query: Query): Query {
  const client = tenant.directory.clients.get(query.client_id ?? '')
  const audience = query.audience || tenant.directory.settings.default_audience
  return {
    ...query,
    scope: 'openid',
    requested_scope: query.scope || 'openid profile email',
    ...(query.prompt && { prompt: supportedPrompt(query.prompt) }),
    redirect_uri: query.redirect_uri ?? client?.callbacks?.[0] ?? '',
    ...(audience ? { audience } : {}),
  }
}

/** No local tenant asks for consent or for an account, so these are taken for granted. */
function supportedPrompt(prompt: string): string {
  return prompt.replace(/\b(consent|select_account)\b/g, '').trim()
}

function invalid(description: string): PageError {
  return { error: 'invalid_request', description, status: 400 }
}
