import { randomBytes } from 'node:crypto'
import type { Configuration, errors, KoaContextWithOIDC, Provider } from 'oidc-provider'
import { generateKeyPair, exportJWK } from 'jose'
import { DPOP_ALGORITHMS } from './dpop.ts'
import { takePushed } from './pushed-requests.ts'
import { findPageError, isPageError, toProviderQuery, type PageError } from './authorize-request.ts'
import { authorizeParameters } from './authorize-parameters.ts'
import { interactionPolicy, interactionUrl } from '../login/interaction-policy.ts'
import { loadGrant } from '../login/load-grant.ts'
import { notReproduced } from './not-reproduced.ts'
import { isAllowedUrl, isCorsOrigin } from './callback-urls.ts'
import { errorPage } from '../login/pages/error-page.ts'
import { clientCredentials, clientCredentialsParameters } from './tokens/client-credentials.ts'
import { directGrants } from './tokens/direct-grants.ts'
import { applyRefreshParameters } from './tokens/refresh-parameters.ts'
import { refreshTokenLifetime, rotates, issuesRefreshToken } from './tokens/refresh-tokens.ts'
import { toAuth0Tokens } from './tokens/token-response.ts'
import { toTokenError } from './tokens/token-errors.ts'
import { tokenFields } from './token-request.ts'
import type { Tenant } from '../tenant/tenant.ts'
import { isLoopback } from '../tenant/loopback.ts'
import { crossSiteCookies } from './cookies.ts'
import { oidcProvider } from './library.ts'
import { logProtocolEvents } from './log-events.ts'
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
      return client && toProviderClient(client, Object.keys(directGrants))
    },
  })
  const provider = new oidcProvider.Provider(tenant.issuer, {
    ...(await configuration(tenant)),
    adapter: store.adapter,
  })

  provider.Client.prototype.redirectUriAllowed = function (url) {
    return isAllowedUrl(url, clients.get(this.clientId)?.callbacks)
  }
  provider.registerGrantType(
    'client_credentials',
    (ctx) => clientCredentials(tenant, ctx),
    clientCredentialsParameters,
  )
  for (const [grant, handle] of Object.entries(directGrants))
    provider.registerGrantType(grant, (ctx) => handle(tenant, ctx), [])
  // The listener says the scheme itself, as the proxy before a public domain would.
  provider.proxy = true
  logProtocolEvents(tenant, provider)
  provider.on('grant.error', answerTokenError)
  provider.on('revocation.error', answerTokenError)
  // Browsers keep a Secure cookie only of https and of this machine.
  const { protocol, hostname } = new URL(tenant.origin)
  if (protocol === 'https:' || isLoopback(hostname)) provider.use(crossSiteCookies)
  provider.use((ctx, next) => checkAuthorizeRequest(tenant, ctx, next))
  provider.use((ctx, next) => answerTokens(tenant, ctx, next))
  provider.use(leaveWindowOpen)
  return { provider, store }
}

/** Stops what Auth0 answers with its own page, and puts the rest into oidc-provider's words. */
async function checkAuthorizeRequest(tenant: Tenant, ctx: Context, next: () => Promise<void>): Promise<void> {
  if (ctx.path === '/authorize') {
    if (ctx.method === 'POST') {
      ctx.status = 501
      ctx.body = notReproduced('POST /authorize')
    }
    if (ctx.method !== 'GET') return
    const query = takePushed(tenant, Object.fromEntries(new URLSearchParams(ctx.querystring)))
    if (isPageError(query)) return showPageError(tenant, ctx, query)
    const error = findPageError(tenant, query)
    if (error) return showPageError(tenant, ctx, error)
    ctx.query = toProviderQuery(tenant, query)
  }
  await next()
}

/**
 * The page of a web message closes its own window, as Auth0's does not: an application that looks before it has read
 * the message takes the window for one that the visitor closed.
 */
async function leaveWindowOpen(ctx: Context, next: () => Promise<void>): Promise<void> {
  await next()
  if (typeof ctx.body === 'string' && ctx.body.includes("type: 'authorization_response'"))
    ctx.body = ctx.body.replace('win.close();', '')
}

function showPageError(tenant: Tenant, ctx: Context, error: PageError): void {
  ctx.status = error.status
  showError(tenant, ctx, error)
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
    enabledJWA: { dPoPSigningAlgValues: [...DPOP_ALGORITHMS] },
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
      dPoP: {
        enabled: true,
        nonceSecret: randomBytes(32),
        // As at Auth0, only public applications have to bring a nonce.
        requireNonce: (ctx) => ctx.oidc.client?.clientAuthMethod === 'none',
      },
      pushedAuthorizationRequests: { enabled: false },
      webMessageResponseMode: { enabled: true, ack: 'individual-draft-01' },
    },
    extraParams: authorizeParameters(tenant),
    interactions: {
      policy: interactionPolicy(tenant),
      url: (ctx, interaction) => interactionUrl(tenant, ctx, interaction),
    },
    findAccount: (_ctx, id) =>
      tenant.directory.users.has(id) ? { accountId: id, claims: () => ({ sub: id }) } : undefined,
    loadExistingGrant: (ctx) => loadGrant(tenant, ctx),
    expiresWithSession: () => false,
    issueRefreshToken: (_ctx, client, code) => issuesRefreshToken(tenant, client.clientId, code.grantId),
    rotateRefreshToken(ctx) {
      const grant = tenant.grants.get(ctx.oidc.entities.RefreshToken?.grantId ?? '')
      // What it refuses must not use the refresh token up.
      if (grant) applyRefreshParameters(tenant, grant, tokenFields(ctx.req))
      return rotates(tenant, ctx.oidc.client?.clientId)
    },
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
        const { session_lifetime = 168, idle_session_lifetime = 72 } = tenant.directory.settings
        const age = session.loginTs ? Math.floor(Date.now() / 1000) - session.loginTs : 0
        const { end = Infinity } = tenant.sessions.get(session.uid) ?? {}
        const ends = [idle_session_lifetime * HOUR, session_lifetime * HOUR - age, end - tenant.clock.now()]
        return Math.max(1, Math.min(...ends))
      },
    },
  }
}
