import type { Route } from '@playwright/test'
import { describe, expect, test } from 'vitest'
import { ada, claimsLine, loginButton, submitCredentials, userLine } from '../testing/browser.ts'
import { useSite } from '../testing/site.ts'

const site = useSite({ settings: { storage: 'memory' } })

const loaded = async (what: string, act: () => Promise<unknown>) => {
  const files: string[] = []
  site.page.on('request', (request) => files.push(request.url()))
  await act()
  return files.filter((file) => file.includes(what))
}

test('writes no token to any storage', async () => {
  await site.login()
  const kept = await site.page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))
  expect(kept).not.toMatch(/token|eyJ/)
})

describe('after a reload', () => {
  test('the page’s head asks the tenant, in two requests and without the SDK', async () => {
    await site.login()
    await site.control.clearRequests()
    const sdk = await loaded('sdk-client', async () => {
      await site.page.reload()
      await userLine(site.page).waitFor()
    })
    expect(await userLine(site.page).textContent()).toBe(`${ada.name} · ${ada.email}`)
    expect(await claimsLine(site.page).textContent()).toContain('roles: Manager')
    expect((await site.control.requests()).map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /authorize',
      'POST /oauth/token',
    ])
    expect(sdk).toEqual([])
  })

  test('what another window answers in the tenant’s place is not heard', async () => {
    await site.login()
    await site.page.addInitScript(() => {
      setInterval(() => postMessage({ response: { state: 'another', code: 'another' } }), 1)
    })
    await site.control.clearRequests()
    await site.page.reload()
    await userLine(site.page).waitFor()
    expect(await site.asked('/authorize')).toHaveLength(1)
  })

  test('the access token is at hand, and a new one is fetched when asked for', async () => {
    await site.login()
    await site.page.reload()
    await userLine(site.page).waitFor()
    const [first, second, renewed] = await site.page.evaluate(async () => {
      const { client } = window.session
      const token = await client.getAccessToken({})
      return [token, await client.getAccessToken({}), await client.getAccessToken({ ignoreCache: true })]
    })
    expect(first).toBe(second)
    expect(renewed).not.toBe(first)
    await userLine(site.page).waitFor()
  })

  test('an access token that is about to end is renewed, not handed out', async () => {
    await site.login()
    let early: unknown
    await site.page.route('**/oauth/token', async (route) => {
      const response = await route.fetch()
      const json = { ...((await response.json()) as object), expires_in: 59 }
      early = (json as { access_token?: string }).access_token
      await route.fulfill({ response, json })
    })
    await site.page.reload()
    await userLine(site.page).waitFor()
    await site.page.unroute('**/oauth/token')
    expect(early).toEqual(expect.any(String))
    expect(await site.page.evaluate(() => window.session.client.getAccessToken({}))).not.toBe(early)
  })

  test('a private page shows without a login, and nothing private before that', async () => {
    await site.login()
    let answer = (): void => undefined
    const answered = new Promise<void>((resolve) => (answer = resolve))
    const asked = site.page.waitForRequest('**/oauth/token')
    await site.page.route('**/oauth/token', async (route) => {
      await answered
      await route.continue()
    })
    await site.page.goto(site.url('/members'))
    await asked
    // Time enough to show what waits for nothing.
    await site.page.waitForTimeout(1000)
    expect(await site.page.getByText('Private:').count()).toBe(0)
    answer()
    await site.page.getByRole('heading', { name: 'Private: members' }).waitFor()
    expect(site.page.url()).toBe(site.url('/members'))
  })

  test('nobody is logged in once the tenant’s session is over', async () => {
    await site.login()
    await site.control.expireSessions()
    await site.page.reload()
    await loginButton(site.page).waitFor()
  })

  test('a logout holds', async () => {
    await site.login()
    await site.page.reload()
    await userLine(site.page).waitFor()
    await site.page.getByRole('button', { name: 'Log out here only' }).click()
    await loginButton(site.page).waitFor()
    await site.page.reload()
    await loginButton(site.page).waitFor()
  })
})

describe('after a reload, in an organization', () => {
  const enter = (organization: string) =>
    site.page.evaluate((organization) => {
      void window.session.client.loginWithRedirect({ organization })
    }, organization)
  const organizationNow = () => site.page.evaluate(() => window.session.state.organization?.id)
  const askedSilently = async () =>
    (await site.asked('/authorize')).map(({ organization, prompt }) => [prompt, organization])

  test('the page’s head asks for the visitor’s own', async () => {
    await site.page.goto(site.url())
    await enter('org_acmeNorth0000001')
    await submitCredentials(site.page)
    await userLine(site.page).waitFor()
    await site.control.clearRequests()
    const sdk = await loaded('sdk-client', async () => {
      await site.page.reload()
      await userLine(site.page).waitFor()
    })
    expect(await organizationNow()).toBe('org_acmeNorth0000001')
    expect(await askedSilently()).toEqual([['none', 'org_acmeNorth0000001']])
    expect(sdk).toEqual([])
  })

  test('a visitor stays in it though the connection names another, by the head and by the SDK', async () => {
    const connection = { domain: site.tenant.domain, clientId: site.clientId, organization: 'acme-south' }
    await site.change({ connections: { preview: connection } })
    await site.page.goto(site.url())
    await enter('acme-north')
    await submitCredentials(site.page)
    await userLine(site.page).waitFor()
    expect(await organizationNow()).toBe('org_acmeNorth0000001')
    await site.control.clearRequests()
    await site.page.reload()
    await userLine(site.page).waitFor()
    expect(await organizationNow()).toBe('org_acmeNorth0000001')
    await site.page.evaluate(() => window.session.client.refreshUser())
    expect(await organizationNow()).toBe('org_acmeNorth0000001')
    expect(await askedSilently()).toEqual([
      ['none', 'acme-north'],
      ['none', 'acme-north'],
    ])
  })
})

test('a token for another API keeps the token that the page’s head got', async () => {
  await site.login()
  await site.page.reload()
  await userLine(site.page).waitFor()
  const [first, second] = await site.page.evaluate(async () => {
    const { client } = window.session
    const token = await client.getAccessToken({})
    await client.getAccessToken({ audience: 'https://api.acme.example' })
    return [token, await client.getAccessToken({})]
  })
  expect(second).toBe(first)
})

describe('does not trust an early answer', () => {
  type Part = Record<string, unknown>
  const change = (part = '', by: Part) =>
    Buffer.from(JSON.stringify({ ...(JSON.parse(Buffer.from(part, 'base64url').toString()) as Part), ...by }))
  /** Lets the tenant's answer through with another ID token. */
  const answerWith =
    ({ claims = {}, header = {}, ...more }: { claims?: Part; header?: Part; nonce?: string }) =>
    async (route: Route) => {
      const response = await route.fetch()
      const body = (await response.json()) as { id_token: string }
      const [head, payload, signature] = body.id_token.split('.')
      const parts = [change(head, header), change(payload, claims)].map((part) => part.toString('base64url'))
      await route.fulfill({ response, json: { ...body, ...more, id_token: [...parts, signature].join('.') } })
    }

  test.each([
    ['of another issuer', { claims: { iss: 'http://localhost:9999/' } }],
    ['for another application', { claims: { aud: 'somebody-else' } }],
    ['with another nonce', { claims: { nonce: 'forged' } }],
    ['that brings the nonce it is compared with', { claims: { nonce: 'forged' }, nonce: 'forged' }],
    ['from another time', { claims: { iat: 1_600_000_000, exp: 1_600_000_600 } }],
    ['that is not signed', { header: { alg: 'none' } }],
    ['that is signed with a shared secret', { header: { alg: 'HS256' } }],
  ])('%s', async (_, answer) => {
    await site.login()
    await site.page.route('**/oauth/token', answerWith(answer))
    await site.page.reload()
    await site.page.evaluate(() => window.session.client.getUser())
    expect(await site.page.evaluate(() => window.session.state.isAuthenticated)).toBe(false)
  })
})

test('an anonymous visitor’s page asks nothing', async () => {
  await site.page.goto(site.url(), { waitUntil: 'networkidle' })
  expect(await site.control.requests()).toEqual([])
})

test('a login in one tab reaches the other', async () => {
  const other = await site.context.newPage()
  await other.goto(site.url())
  await other.evaluate(() => window.session.client.getUser())
  await site.login()
  await userLine(other).waitFor()
})
