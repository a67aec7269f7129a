import type { Page } from '@playwright/test'
import { describe, expect, test } from 'vitest'
import type { LogoutRequest, PublicSettings } from '../../contract/index.ts'
import { ada, loginButton, userLine } from '../testing/browser.ts'
import { useSite, type Site } from '../testing/site.ts'

const sites = { localstorage: useSite(), memory: useSite({ settings: { storage: 'memory' } }) }

/** Logs in, and answers the refresh token that came with it. */
async function loginForToken(site: Site): Promise<string> {
  const answer = site.page.waitForResponse(
    (response) => response.url().endsWith('/oauth/token') && response.request().method() === 'POST',
  )
  await site.login()
  return ((await (await answer).json()) as { refresh_token: string }).refresh_token
}

/** What the tenant answers to a refresh token. It counts as used afterwards. */
async function refresh(site: Site, refresh_token: string): Promise<string> {
  const fields = { grant_type: 'refresh_token', client_id: site.clientId, refresh_token }
  const reply = await fetch(`${site.tenant.url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams(fields),
  })
  return ((await reply.json()) as { error?: string }).error ?? 'accepted'
}

const logout = (page: Page, request: LogoutRequest) =>
  page.evaluate((request) => void window.session.client.logout(request), request)

/** Waits until the tenant has answered so many revocations: a refresh token that is tried too early counts as used. */
const whenRevoked = (site: Site, times = 1) =>
  expect
    .poll(async () => {
      const requests = await site.control.requests('/oauth/revoke')
      return requests.filter(({ method, status }) => method === 'POST' && status === 200).length
    })
    .toBe(times)

describe.each(['localstorage', 'memory'] as const)('with tokens in %s', (storage) => {
  const site = sites[storage]

  test.each<LogoutRequest>([{ mode: 'redirect' }, { mode: 'local' }])(
    'a refresh token is worth nothing after a logout with %j',
    async (request) => {
      const token = await loginForToken(site)
      await logout(site.page, request)
      await loginButton(site.page).waitFor()
      await whenRevoked(site)
      expect(await refresh(site, token)).toBe('invalid_grant')
    },
  )

  test('nor after the visitor has switched to another organization', async () => {
    const token = await loginForToken(site)
    await site.page.evaluate(() => {
      void window.session.client.switchOrganization({ organization: 'acme-north' })
    })
    await whenRevoked(site)
    await userLine(site.page).waitFor()
    expect(await refresh(site, token)).toBe('invalid_grant')
  })

  test('it lives on where the settings keep it', async () => {
    await site.change({ revokeOnLogout: false } satisfies Partial<PublicSettings>)
    const token = await loginForToken(site)
    await logout(site.page, { mode: 'local' })
    await loginButton(site.page).waitFor()
    expect(await refresh(site, token)).toBe('accepted')
    expect(await site.asked('/oauth/revoke')).toEqual([])
  })

  const faults = [{ kind: 'stall' }, { kind: 'cut' }, { kind: 'status', status: 503 }] as const
  const modes = ['redirect', 'local'] as const

  test.each(faults.flatMap((fault) => modes.map((mode) => [fault, mode] as const)))(
    'a tenant that answers with %j holds no logout up, in mode %s',
    async (fault, mode) => {
      await site.login()
      await site.control.addFault({ ...fault, path: '/oauth/revoke' })
      await logout(site.page, { mode })
      // The SDK would wait for ten seconds.
      await loginButton(site.page).waitFor({ timeout: 6000 })
    },
  )

  test('a logout holds in the browser while the tenant is down', async () => {
    await site.login()
    await site.page.route(`${site.tenant.url}/**`, (route) => route.abort())
    await logout(site.page, { mode: 'local' })
    await loginButton(site.page).waitFor({ timeout: 4000 })
    expect(await site.page.evaluate(() => window.session.state.error)).toBeUndefined()
  })

  test('the refresh token for another API goes too', async () => {
    await site.page.goto(site.url())
    const first = await loginForToken(site)
    const audience = 'https://api.acme.example'
    const answer = site.page.waitForResponse(
      (response) => response.url().endsWith('/oauth/token') && response.request().method() === 'POST',
    )
    await site.page.evaluate((audience) => {
      void window.session.client.loginWithRedirect({ audience })
    }, audience)
    const second = ((await (await answer).json()) as { refresh_token: string }).refresh_token
    await userLine(site.page).waitFor()
    await logout(site.page, { mode: 'local' })
    await loginButton(site.page).waitFor()
    // In memory a login leaves nothing of the one before it.
    const known = storage === 'memory' ? [second] : [first, second]
    await whenRevoked(site, known.length)
    for (const token of known) expect(await refresh(site, token)).toBe('invalid_grant')
  })
})

describe('with tokens in localstorage', () => {
  const site = sites.localstorage

  test('what a renewal under way brings is revoked with the rest', async () => {
    await site.login()
    let renewed = ''
    await site.page.route('**/oauth/token', async (route) => {
      const response = await route.fetch()
      renewed = ((await response.json()) as { refresh_token: string }).refresh_token
      await site.page.evaluate(() => window.session.client.logout({ mode: 'local' }))
      await route.fulfill({ response })
    })
    await site.page.evaluate(() =>
      window.session.client.getAccessToken({ ignoreCache: true }).catch(() => undefined),
    )
    // Once for what the logout knew of, once for what came after it.
    await whenRevoked(site, 2)
    expect(await refresh(site, renewed)).toBe('invalid_grant')
  })

  test('the request leaves although the visitor closes the page before the browser could send it', async () => {
    const token = await loginForToken(site)
    await site.control.addFault({ kind: 'stall', path: '/held' })
    // As many connections as a browser opens to one host: the next request has to wait.
    await site.page.evaluate((tenant) => {
      for (let count = 0; count < 6; count++) void fetch(`${tenant}/held?${count}`, { mode: 'no-cors' })
    }, site.tenant.url)
    await expect.poll(async () => (await site.asked('/held')).length).toBe(6)
    await site.page.evaluate(() => window.session.client.logout({ mode: 'local' }))
    expect(await site.asked('/oauth/revoke')).toEqual([])
    await site.page.close()
    await whenRevoked(site)
    expect(await refresh(site, token)).toBe('invalid_grant')
  })

  test('what a renewal in another tab brings is revoked too', async () => {
    await site.login()
    const other = await site.context.newPage()
    await other.goto(site.url())
    await userLine(other).waitFor()
    let renewed = ''
    await other.route('**/oauth/token', async (route) => {
      const response = await route.fetch()
      renewed = ((await response.json()) as { refresh_token: string }).refresh_token
      await site.page.evaluate(() => window.session.client.logout({ mode: 'local' }))
      await loginButton(other).waitFor()
      await route.fulfill({ response })
    })
    await other.evaluate(() =>
      window.session.client.getAccessToken({ ignoreCache: true }).catch(() => undefined),
    )
    await whenRevoked(site, 2)
    expect(await refresh(site, renewed)).toBe('invalid_grant')
  })

  test('a session that ran out is not revoked: there is nothing left to end', async () => {
    await site.login()
    await site.control.revokeRefreshTokens(ada.email)
    await site.page.evaluate(() =>
      window.session.client.getAccessToken({ ignoreCache: true }).catch(() => undefined),
    )
    await loginButton(site.page).waitFor()
    expect(await site.asked('/oauth/revoke')).toEqual([])
  })
})

test('another tab’s own refresh token, in its memory, ends with the logout', async () => {
  const site = sites.memory
  await site.login()
  const other = await site.context.newPage()
  const answers: Promise<{ refresh_token?: string }>[] = []
  other.on('response', (response) => {
    if (response.url().endsWith('/oauth/token') && response.request().method() === 'POST')
      answers.push(response.json() as Promise<{ refresh_token?: string }>)
  })
  await other.goto(site.url())
  await other.evaluate(() => window.session.client.getAccessToken({ ignoreCache: true }))
  // The first answer is the head’s, which asks for none.
  const [early, own] = (await Promise.all(answers)).map((answer) => answer.refresh_token)
  expect(early).toBeUndefined()
  await logout(site.page, { mode: 'local' })
  await loginButton(other).waitFor()
  await whenRevoked(site, 2)
  expect(await refresh(site, own ?? '')).toBe('invalid_grant')
})
