import type { Page } from '@playwright/test'
import { beforeEach, describe, expect, test } from 'vitest'
import type { PublicSettings } from '../../contract/index.ts'
import { ada, ben, claimsLine, submitCredentials, userLine } from '../testing/browser.ts'
import { useSite } from '../testing/site.ts'

const api = 'https://api.acme.example'
const orders = { scope: 'read:orders' }

const token = (page: Page, request: object = {}) =>
  page.evaluate(
    (request) => window.session.client.getAccessToken(request).catch((error) => error.code as string),
    request,
  )

const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString() || '{}') as {
    aud?: string[]
    scope?: string
    org_id?: string
  }

describe.each(['localstorage', 'memory'] as const)(
  'with tokens in %s',
  (storage: PublicSettings['storage']) => {
    const site = useSite({ settings: { ...(storage && { storage }) } })
    beforeEach(() => site.control.blockThirdPartyCookies(false))

    const askForMoreAccess = (request: object) =>
      site.page.evaluate((request) => void window.session.client.askForMoreAccess(request), request)

    describe('where the tenant’s cookie reaches a frame', () => {
      test.each([
        ['a second API', { audience: api }],
        ['a scope on top', { audience: api, ...orders }],
      ])('%s costs one silent request', async (_, request) => {
        await site.login()
        await site.control.clearRequests()
        const wider = await token(site.page, request)
        expect(claimsOf(wider)).toMatchObject({ aud: expect.arrayContaining([api]) })
        expect(await site.asked('/authorize')).toMatchObject([{ prompt: 'none' }])
        expect(await token(site.page, request)).toBe(wider)
        expect(await site.asked('/authorize')).toHaveLength(1)
      })
    })

    describe('where the browser keeps the tenant’s cookie back', () => {
      test.each([
        ['a second API', { audience: api }],
        ['a scope on top', orders],
      ])(
        'a missing refresh token for %s is refused with what to do, and the session stays',
        async (_, request) => {
          await site.login()
          const own = await token(site.page)
          await site.control.blockThirdPartyCookies(true)
          expect(await token(site.page, request)).toBe('auth/more-access-required')
          await userLine(site.page).waitFor()
          expect(await token(site.page)).toBe(own)
          expect(await token(site.page, { ignoreCache: true })).not.toMatch('auth/')
        },
      )
    })

    test('comes back to the same place with the wider token', async () => {
      await site.login()
      await site.page.goto(site.url('/?a=1#b'))
      await userLine(site.page).waitFor()
      await site.control.clearRequests()
      await askForMoreAccess({ audience: api, ...orders })
      await expect
        .poll(() => site.asked('/authorize'))
        .toMatchObject([{ audience: api, login_hint: ada.email }])
      await expect.poll(() => site.page.url()).toBe(site.url('/?a=1#b'))
      await userLine(site.page).waitFor()
      await site.control.blockThirdPartyCookies(true)
      expect(claimsOf(await token(site.page, { audience: api, ...orders })).scope).toContain('read:orders')
      await userLine(site.page).waitFor()
    })

    test('is no login of the visitor who is logged in, and one of anybody else', async () => {
      await site.page.addInitScript(() => {
        let session: typeof window.session
        Object.defineProperty(window, 'session', {
          get: () => session,
          set(started: typeof window.session) {
            session = started
            session.on('login', ({ email }) => {
              sessionStorage.setItem('logins', `${sessionStorage.getItem('logins') ?? ''}${String(email)} `)
            })
          },
        })
      })
      const logins = () => site.page.evaluate(() => sessionStorage.getItem('logins')?.trim())
      const comeBack = async (email: string) => {
        await expect.poll(() => site.asked('/authorize')).not.toEqual([])
        await userLine(site.page).filter({ hasText: email }).waitFor()
      }
      await site.login()
      expect(await logins()).toBe(ada.email)
      await site.control.clearRequests()
      await askForMoreAccess({ audience: api })
      await comeBack(ada.email)
      expect(await logins()).toBe(ada.email)
      await site.control.expireSessions()
      await askForMoreAccess({ audience: api })
      await submitCredentials(site.page, ben)
      await comeBack(ben.email)
      expect(await logins()).toBe(`${ada.email} ${ben.email}`)
    })

    test('a login for one API that cannot reach the site’s own keeps the session', async () => {
      await site.page.goto(site.url())
      await site.page.evaluate((audience) => void window.session.client.loginWithRedirect({ audience }), api)
      await submitCredentials(site.page)
      await userLine(site.page).waitFor()
      await site.control.blockThirdPartyCookies(true)
      expect(await token(site.page)).toBe('auth/more-access-required')
      await userLine(site.page).waitFor()
    })

    test('a revoked session ends, also when a wider token notices it first', async () => {
      await site.login()
      await site.control.blockThirdPartyCookies(true)
      await site.control.revokeRefreshTokens(ada.email)
      await site.control.expireSessions()
      expect(await token(site.page, { ignoreCache: true })).toBe('auth/session-expired')
    })

    test('stays in the organization', async () => {
      await site.login()
      await site.page.evaluate(
        () => void window.session.client.switchOrganization({ organization: 'acme-north' }),
      )
      await expect
        .poll(() =>
          claimsLine(site.page)
            .textContent()
            .catch(() => ''),
        )
        .toContain('acme-north')
      expect(claimsOf(await token(site.page, { audience: api })).org_id).toBe('org_acmeNorth0000001')
    })
  },
)

describe.each(['localstorage', 'memory'] as const)(
  'with refresh tokens for several APIs, in %s',
  (storage) => {
    const other = 'https://reports.acme.example'
    const site = useSite({
      settings: { storage, multiResource: true },
      seed(seed) {
        seed.resource_servers?.push({
          id: '65f1a0000000000000000002',
          identifier: other,
          name: 'Reports',
          scopes: [{ value: 'read:reports' }],
          signing_alg: 'RS256',
          allow_offline_access: true,
        })
        const [, client] = seed.clients
        if (!client) throw new Error('the demo tenant has no application')
        client.refresh_token = {
          rotation_type: 'rotating',
          ...client.refresh_token,
          policies: [{ audience: api, scope: ['read:orders'] }],
        }
      },
    })

    test('a second API needs no frame and no login', async () => {
      await site.login()
      await site.control.blockThirdPartyCookies(true)
      await site.control.clearRequests()
      const wider = await token(site.page, { audience: api, ...orders })
      expect(claimsOf(wider)).toMatchObject({ aud: expect.arrayContaining([api]) })
      expect(claimsOf(wider).scope).toContain('read:orders')
      expect(await site.asked('/authorize')).toEqual([])
    })

    test('an API that no policy names is refused with what to do, and the session stays', async () => {
      await site.login()
      await site.control.blockThirdPartyCookies(true)
      expect(await token(site.page, { audience: other })).toBe('auth/more-access-required')
      expect(await token(site.page, { ignoreCache: true })).not.toMatch('auth/')
      await userLine(site.page).waitFor()
    })
  },
)
