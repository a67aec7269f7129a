import {
  callbackPath,
  joinBasePath,
  tenantUrl,
  toAuthorizeParameters,
  type Environment,
  type PublicConnection,
  type PublicSettings,
} from '../../contract/index.ts'
import { connectionInForce, toCookieName } from '../browser/probe.ts'

/** The built files to fetch ahead of time. */
export interface HeadModules {
  /** Addresses of the built files that hold `router-engine.ts` (or `engine.ts`) and what it imports. */
  engine: readonly string[]
}

/** What {@link headSnippet} has to know of the page. */
export interface HeadSnippetOptions {
  /** Where the page is published; an entry for its origin in the settings wins. */
  environment: Environment
  /** Fetched for visitors who were logged in before, and for no others. */
  modules: HeadModules
  /** The path the site lives under. Default: `/`. */
  basePath?: string
  /** The same as for the runtime, or no session is found. Default: the origin has one site. */
  site?: string
}

/**
 * Asks the tenant in a hidden frame, with the page's bundle still on its way, and exchanges the code: code flow with
 * PKCE, in 2 requests, since a plain form post needs no preflight. `takeEarlyLogin` verifies the answer.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7636#section-4
 */
const askEarly = `
(async (domain, query) => {
  const encode = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\\+/g, "-").replace(/\\//g, "_").replace(/=/g, "");
  const random = () => encode(crypto.getRandomValues(new Uint8Array(32)));
  const state = random(), nonce = random(), code_verifier = random();
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(code_verifier));
  const frame = document.createElement("iframe");
  frame.hidden = true;
  frame.src = domain + "/authorize?" + new URLSearchParams({ ...query, state, nonce, code_challenge: encode(digest), code_challenge_method: "S256", response_type: "code", response_mode: "web_message", prompt: "none" });
  const answer = await new Promise((resolve) => {
    addEventListener("message", (event) => event.origin === domain && event.source === frame.contentWindow && resolve(event.data.response));
    setTimeout(resolve, 10000, {});
    document.documentElement.append(frame);
  });
  frame.remove();
  if (answer.state !== state || !answer.code) return {};
  const { client_id, redirect_uri } = query;
  const body = new URLSearchParams({ grant_type: "authorization_code", client_id, redirect_uri, code: answer.code, code_verifier });
  return { ...await (await fetch(domain + "/oauth/token", { method: "POST", body })).json(), nonce };
})`

/**
 * A script for the `<head>` of a page, before its bundle: a visitor who was logged in before is recognised sooner,
 * since what that needs is fetched beside the bundle. With tokens kept in memory it also asks the tenant at once, but not
 * with DPoP, whose proofs are the SDK's. For everyone else it does nothing.
 *
 * @returns The script's text, to be put between script tags; it holds nothing that ends them.
 * @example
 * const script = headSnippet(settings, { environment: 'production', modules: { engine: ['/assets/router-engine.js'] } })
 * const html = page.replace('</head>', `<script>${script}</script></head>`)
 */
export function headSnippet(
  settings: PublicSettings,
  { environment, modules, basePath = '/', site }: HeadSnippetOptions,
): string {
  const asksEarly = settings.storage === 'memory' && !settings.dpop
  const at = (origin: string) => {
    const { connection } = connectionInForce(settings, origin, environment)
    return connection ? toHeadConnection(connection, settings, asksEarly, site) : null
  }
  const own = at('')
  const others = Object.keys(settings.origins ?? {}).map((origin) => [origin, at(origin)] as const)
  if (!own && !others.some(([, other]) => other)) return ''
  // One page may be served at several origins.
  const inForce = others.length
    ? `((at)=>location.origin in at?at[location.origin]:${toScript(own)})(${toScript(Object.fromEntries(others))})`
    : toScript(own)
  const preload = `for(const href of ${toScript(modules.engine)})document.head.append(Object.assign(document.createElement("link"),{rel:"modulepreload",href}));`
  const callback = toScript(joinBasePath(basePath, callbackPath))
  // A session goes on in its organization, as `organizationHint` finds it.
  const hint = `decodeURIComponent(document.cookie.split(hint+"=")[1]?.split(";")[0]??"").replaceAll('"',"")`
  const organization = `...((organization)=>organization&&{organization})(${hint})`
  const ask = `${askEarly.replace(/\n\s*/g, '')}(tenant,{...query,${organization},redirect_uri:location.origin+${callback}})`
  const early = asksEarly
    ? `if(location.pathname!==${callback}){const{domain,clientId,tenant,query,hint}=own;lowgateEarly={domain,clientId,answer:${ask}}}`
    : ''
  return `((own)=>{if(own&&document.cookie.includes(own.session+"=true")){${preload}${early}}})(${inForce})`
}

/** What the script must know of a connection. */
function toHeadConnection(
  { domain, clientId, audience, organization }: PublicConnection,
  { authorizationParams }: PublicSettings,
  asksEarly: boolean,
  site: string | undefined,
) {
  const session = toCookieName(site, clientId, 'is.authenticated')
  if (!asksEarly) return { session }
  return {
    session,
    domain,
    clientId,
    tenant: tenantUrl(domain),
    hint: toCookieName(site, clientId, 'organization_hint'),
    query: {
      client_id: clientId,
      scope: 'openid profile email',
      ...toAuthorizeParameters({ audience, organization, authorizationParams }),
    },
  }
}

/** JSON that cannot end a script element. */
const toScript = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c')
