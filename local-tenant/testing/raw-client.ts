import { createHash, randomBytes } from 'node:crypto'

export interface Tokens {
  status: number
  body: Record<string, unknown> & { access_token: string; id_token: string; refresh_token: string }
}

/** A browser without scripts, for what an SDK would never send. It keeps cookies and follows redirects inside the tenant. */
export function createRawClient(
  tenant: { url: string },
  {
    clientId,
    callback,
    keeps = () => true,
  }: {
    clientId: string
    callback: string
    /** Whether it keeps a cookie. */ keeps?: (setCookie: string) => boolean
  },
) {
  const cookies = new Map<string, string>()
  const verifier = randomBytes(32).toString('base64url')
  const defaults = {
    client_id: clientId,
    response_type: 'code',
    redirect_uri: callback,
    scope: 'openid profile email',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }

  async function get(url: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, { redirect: 'manual', ...init, headers: { ...init.headers, cookie } })
    for (const line of response.headers.getSetCookie().filter(keeps)) {
      const [pair = ''] = line.split(';')
      const at = pair.indexOf('=')
      if (/expires=Thu, 01 Jan 1970/i.test(line)) cookies.delete(pair.slice(0, at))
      else cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
    const location = response.headers.get('location')
    const next = location ? new URL(location, url) : undefined
    return next && next.origin === tenant.url ? get(next.href) : response
  }

  /** Sends an authorization request. `undefined` takes a parameter out. */
  function authorize(params: Record<string, string | undefined> = {}): Promise<Response> {
    const query = Object.entries({ ...defaults, ...params }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    )
    return get(`${tenant.url}/authorize?${new URLSearchParams(query).toString()}`)
  }

  async function submit(page: Response, fields: Record<string, string>): Promise<Response> {
    const action = /<form method="post" action="([^"]+)"/
      .exec(await page.text())?.[1]
      ?.replaceAll('&amp;', '&')
    if (!action) throw new Error(`No form at ${page.url}`)
    return get(new URL(action, tenant.url).href, { method: 'POST', body: new URLSearchParams(fields) })
  }

  /** The query that came back to the application's callback. */
  function returned(response: Response): Record<string, string> {
    return Object.fromEntries(new URL(response.headers.get('location') ?? 'about:blank').searchParams)
  }

  async function token(fields: Record<string, string>): Promise<Tokens> {
    const body = new URLSearchParams({ client_id: clientId, ...fields })
    const response = await fetch(`${tenant.url}/oauth/token`, { method: 'POST', body })
    return { status: response.status, body: (await response.json()) as Tokens['body'] }
  }

  async function login(
    { email, password }: { email: string; password: string },
    params: Record<string, string | undefined> = {},
  ): Promise<Record<string, string>> {
    return returned(await submit(await authorize(params), { username: email, password }))
  }

  function exchange(code: string, fields: Record<string, string> = {}): Promise<Tokens> {
    return token({
      grant_type: 'authorization_code',
      code,
      redirect_uri: callback,
      code_verifier: verifier,
      ...fields,
    })
  }

  /** Logs in and exchanges the code. */
  async function obtain(
    user: { email: string; password: string },
    params: Record<string, string> = {},
  ): Promise<Tokens & { code: string }> {
    const { code = '' } = await login(user, params)
    return { code, ...(await exchange(code)) }
  }

  return { verifier, get, authorize, submit, returned, token, login, exchange, obtain }
}

/** The claims of a token, unverified. */
export function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>
}
