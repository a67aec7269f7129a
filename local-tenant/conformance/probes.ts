/** A tenant to be asked, with an application that may read its Management API. */
export interface ProbeTarget {
  /** `https://acme.eu.auth0.com` or `http://localhost:4400`, without a slash at the end. */
  url: string
  clientId: string
  clientSecret: string
}

export interface Probe {
  /** What is asked, as the report names it. */
  name: string
  run(target: ProbeTarget, token: string): Promise<Response>
}

const get =
  (path: string): Probe['run'] =>
  ({ url }, token) =>
    fetch(url + path, bearer(token))
const bare =
  (path: string, headers: Record<string, string> = {}): Probe['run'] =>
  ({ url }) =>
    fetch(url + path, { headers, redirect: 'manual' })

/** Asks for a token. What is not given is a good machine-to-machine request. */
export function requestToken(target: ProbeTarget, fields: Record<string, string> = {}): Promise<Response> {
  const body = {
    grant_type: 'client_credentials',
    client_id: target.clientId,
    client_secret: target.clientSecret,
    audience: `https://${new URL(target.url).host}/api/v2/`,
    ...fields,
  }
  return fetch(`${target.url}/oauth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

/** Questions that change nothing and that a tenant of any content can be asked. */
export const probes: Probe[] = [
  { name: 'the keys', run: bare('/.well-known/jwks.json') },
  { name: 'a token', run: (target) => requestToken(target) },
  { name: 'a token with a wrong secret', run: (target) => requestToken(target, { client_secret: 'wrong' }) },
  { name: 'a token for an unknown client', run: (target) => requestToken(target, { client_id: 'nobody' }) },
  {
    name: 'a token for an unknown API',
    run: (target) => requestToken(target, { audience: 'https://no-such-api.example' }),
  },
  {
    name: 'a token with an unknown grant type',
    run: (target) => requestToken(target, { grant_type: 'no-such-grant' }),
  },
  {
    name: 'a refresh with an unknown token',
    run: (target) => requestToken(target, { grant_type: 'refresh_token', refresh_token: 'no-such-token' }),
  },
  { name: 'Management API without a token', run: bare('/api/v2/clients') },
  {
    name: 'Management API with another scheme',
    run: bare('/api/v2/clients', { authorization: 'Basic abc' }),
  },
  {
    name: 'Management API with no real token',
    run: bare('/api/v2/clients', { authorization: 'Bearer abc' }),
  },
  { name: 'a scope that is missing', run: get('/api/v2/custom-domains') },
  { name: 'clients, bare', run: get('/api/v2/clients?per_page=1&fields=client_id,name') },
  {
    name: 'clients with totals',
    run: get('/api/v2/clients?per_page=1&include_totals=true&fields=client_id,name'),
  },
  { name: 'more clients than allowed', run: get('/api/v2/clients?per_page=1000') },
  { name: 'a page that is not a number', run: get('/api/v2/clients?page=x') },
  { name: 'clients by search', run: get('/api/v2/clients/search?q=name:*abcdef*&take=1') },
  { name: 'a client that does not exist', run: get('/api/v2/clients/no-such-client') },
  { name: 'organizations with totals', run: get('/api/v2/organizations?per_page=1&include_totals=true') },
  { name: 'organizations by checkpoint', run: get('/api/v2/organizations?take=1') },
  { name: 'organizations by search', run: get('/api/v2/organizations/search?q=name:*abcdef*&take=1') },
  { name: 'too short a search', run: get('/api/v2/organizations/search?q=name:*ab*') },
  { name: 'an organization that does not exist', run: get('/api/v2/organizations/org_0000000000000000') },
  { name: 'connections by checkpoint', run: get('/api/v2/connections?take=1&fields=id,name,strategy') },
  { name: 'a connection that does not exist', run: get('/api/v2/connections/con_0000000000000000') },
  { name: 'an API that does not exist', run: get('/api/v2/resource-servers/no-such-api') },
  { name: 'login for an unknown client', run: bare('/authorize?client_id=nobody&response_type=code') },
  {
    name: 'login with a callback that is not allowed',
    run: ({ url, clientId }) =>
      fetch(
        `${url}/authorize?client_id=${clientId}&response_type=code&redirect_uri=https://no-such-callback.example/`,
        {
          redirect: 'manual',
        },
      ),
  },
  {
    name: 'logout to a URL that is not allowed',
    run: ({ url, clientId }) =>
      fetch(`${url}/v2/logout?client_id=${clientId}&returnTo=https://no-such-logout.example/`, {
        redirect: 'manual',
      }),
  },
  { name: 'the profile without a token', run: bare('/userinfo') },
]

function bearer(token: string): RequestInit {
  return { headers: { authorization: `Bearer ${token}` } }
}
