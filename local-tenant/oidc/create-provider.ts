import { randomBytes } from 'node:crypto'
import { Provider, type Configuration, type errors, type KoaContextWithOIDC } from 'oidc-provider'
import { generateKeyPair, exportJWK } from 'jose'
import { findPageError, toProviderQuery } from '../authorize/request.ts'
import { authorizeParameters } from '../authorize/parameters.ts'
import { interactionPolicy, interactionUrl } from '../authorize/interaction-policy.ts'
import { loadGrant } from '../authorize/load-grant.ts'
import { isAllowedUrl, isCorsOrigin } from '../authorize/callback-urls.ts'
import { errorPage } from '../login-pages/error-page.ts'
import { clientCredentials, clientCredentialsParameters } from '../tokens/client-credentials.ts'
import { refreshTokenLifetime, rotates, issuesRefreshToken } from '../tokens/refresh-tokens.ts'
import { toAuth0Tokens } from '../tokens/token-response.ts'
import { toTokenError } from '../tokens/token-errors.ts'
import { tokenFields } from '../endpoints/token-request.ts'
import type { Tenant } from '../state/tenant.ts'
import { createOidcStore, type OidcStore } from './store.ts'
import { toProviderClient } from './provider-client.ts'

type Context = Parameters<Parameters<Provider['use']>[0]>[0]

const HOUR = 3_600

/** oidc-provider as the protocol core, wrapped so that what leaves it is Auth0's. */
export async function createProvider(tenant: Tenant): Promise<{ provider: Provider; store: OidcStore }> {
  const { clients } = tenant.directory
  const store = createOidcStore({
    clock: tenant.clock,
    leewayOf: (clientId) => clients.get(clientId)?.refresh_token?.leeway ?? 0,
    findClient: (id) => {
      const client = clients.get(id)
      return client && toProviderClient(client)
    },
  })
  const provider = new Provider(tenant.issuer, { ...(await configuration(tenant)), adapter: store.adapter })

  provider.Client.prototype.redirectUriAllowed = function (url) {
    return isAllowedUrl(url, clients.get(this.clientId)?.callbacks)
  }
  provider.registerGrantType(
    'client_credentials',
    (ctx) => clientCredentials(tenant, ctx),
    clientCredentialsParameters,
  )
  provider.on('grant.error', answerTokenError)
  provider.on('revocation.error', answerTokenError)
  provider.use((ctx, next) => checkAuthorizeRequest(tenant, ctx, next))
  provider.use((ctx, next) => answerTokens(tenant, ctx, next))
  return { provider, store }
}

/** Stops what Auth0 answers with its own page, and puts the rest into oidc-provider's words. */
async function checkAuthorizeRequest(tenant: Tenant, ctx: Context, next: () => Promise<void>): Promise<void> {
  if (ctx.path === '/authorize') {
    if (ctx.method !== 'GET') return
    const query = Object.fromEntries(new URLSearchParams(ctx.querystring))
    const error = findPageError(tenant, query)
    if (error) {
      ctx.status = error.status
      return showError(tenant, ctx, error)
    }
    ctx.query = toProviderQuery(tenant, query)
  }
  await next()
}

async function answerTokens(tenant: Tenant, ctx: Context, next: () => Promise<void>): Promise<void> {
  await next()
  if (ctx.path !== '/oauth/token' || ctx.status !== 200) return
  try {
    await toAuth0Tokens(tenant, ctx as KoaContextWithOIDC)
  } catch (error) {
    answerTokenError(ctx as KoaContextWithOIDC, error as errors.OIDCProviderError)
  }
}

function answerTokenError(ctx: KoaContextWithOIDC, error: errors.OIDCProviderError): void {
  const { status, ...body } = toTokenError(error, tokenFields(ctx.req).grant_type ?? '')
  ctx.status = status
  ctx.body = body
}

function showError(tenant: Tenant, ctx: Context, error: { error: string; description: string }): void {
  ctx.type = 'html'
  ctx.body = String(errorPage(tenant, error))
}

async function configuration(tenant: Tenant): Promise<Configuration> {
  const { session_lifetime = 168, idle_session_lifetime = 72 } = tenant.directory.settings
  // Signs nothing that leaves: oidc-provider insists on a key of its own.
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  // Tenants on one host would share cookies, as cookies ignore ports.
  const suffix = new URL(tenant.origin).port
  return {
    jwks: { keys: [await exportJWK(privateKey)] },
    cookies: {
      keys: [randomBytes(32).toString('base64url')],
      names: {
        session: `auth0_${suffix}`,
        interaction: `auth0_page_${suffix}`,
        resume: `auth0_state_${suffix}`,
      },
      long: { signed: true, httpOnly: true, sameSite: 'lax' },
      short: { signed: true, httpOnly: true, sameSite: 'lax' },
    },
    routes: { authorization: '/authorize', token: '/oauth/token', revocation: '/oauth/revoke' },
    responseTypes: ['code'],
    scopes: ['openid', 'offline_access'],
    conformIdTokenClaims: false,
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    pkce: { required: (_ctx, client) => client.clientAuthMethod === 'none' },
    clientBasedCORS: (_ctx, origin, client) => {
      const known = tenant.directory.clients.get(client.clientId)
      return known !== undefined && isCorsOrigin(origin, known)
    },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      revocation: {
        enabled: true,
        allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId,
      },
      webMessageResponseMode: { enabled: true, ack: 'individual-draft-01' },
    },
    extraParams: authorizeParameters(tenant),
    interactions: {
      policy: interactionPolicy(tenant),
      url: (_ctx, interaction) => interactionUrl(tenant, interaction),
    },
    findAccount: (_ctx, id) =>
      tenant.directory.users.has(id) ? { accountId: id, claims: () => ({ sub: id }) } : undefined,
    loadExistingGrant: (ctx) => loadGrant(tenant, ctx),
    expiresWithSession: () => false,
    issueRefreshToken: (_ctx, client, code) => issuesRefreshToken(tenant, client.clientId, code.grantId),
    rotateRefreshToken: (ctx) => rotates(tenant, ctx.oidc.client?.clientId),
    renderError: (ctx, { error, error_description = '' }) =>
      showError(tenant, ctx, { error, description: error_description }),
    ttl: {
      AccessToken: 24 * HOUR,
      AuthorizationCode: 60,
      Grant: 365 * 24 * HOUR,
      IdToken: HOUR,
      Interaction: HOUR,
      RefreshToken: (_ctx, token) => refreshTokenLifetime(tenant, token),
      Session: (_ctx, session) => {
        const age = session.loginTs ? Math.floor(Date.now() / 1000) - session.loginTs : 0
        return Math.max(1, Math.min(idle_session_lifetime * HOUR, session_lifetime * HOUR - age))
      },
    },
  }
}
