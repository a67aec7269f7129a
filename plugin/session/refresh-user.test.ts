import type { Page } from '@playwright/test'
import { describe, expect, test } from 'vitest'
import { ada, userLine } from '../testing/browser.ts'
import { useSite } from '../testing/site.ts'

describe.each(['localstorage', 'memory'] as const)(
  'a role changes at the tenant, and with tokens in %s Refresh user',
  (storage) => {
    const site = useSite({
      settings: { storage },
      seed({ client_grants: [grant] = [] }) {
        if (grant) grant.scope = [...grant.scope, 'update:users']
      },
    })

    const send = async (method: string, path: string, body: object, token?: string) => {
      const answer = await fetch(site.tenant.url + path, {
        method,
        headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
        body: JSON.stringify(body),
      })
      expect(answer.ok, `${method} ${path}`).toBe(true)
      return answer.text()
    }

    /** Gives Ada the role of a manager, or takes it away. */
    async function change(method: 'POST' | 'DELETE') {
      const { client_id, client_secret } = site.seed.clients[0] ?? {}
      const audience = `https://${site.tenant.domain}/api/v2/`
      const grant = { grant_type: 'client_credentials', client_id, client_secret, audience }
      const { access_token } = JSON.parse(await send('POST', '/oauth/token', grant)) as {
        access_token: string
      }
      const userId = encodeURIComponent(site.seed.users?.[0]?.user_id ?? '')
      await send(method, `/api/v2/users/${userId}/roles`, { roles: ['rol_acmeManager00001'] }, access_token)
    }

    const open = async (page: Page, path: string) => {
      await page.goto(site.url(path))
      await userLine(page).waitFor()
    }
    const shown = (page: Page) => page.getByRole('heading', { name: 'Private: managers' })
    const refused = (page: Page) => page.getByRole('heading', { name: 'You may not see this page' })
    const refresh = (page: Page) => page.evaluate(() => window.session.client.refreshUser())

    /** Two tabs of one visitor, who has just logged in. */
    async function openTabs(path: string) {
      await site.login(ada)
      const other = await site.context.newPage()
      for (const page of [site.page, other]) await open(page, path)
      return [site.page, other] as const
    }

    test('closes the page that it was for, and opens it again, here and in another tab', async () => {
      const tabs = await openTabs('/managers')
      for (const page of tabs) await shown(page).waitFor()
      await change('DELETE')
      await refresh(tabs[0])
      for (const page of tabs) {
        await expect.poll(() => page.url()).toBe(site.url())
        expect(await page.getByText('Private:').count()).toBe(0)
      }
      for (const page of tabs) {
        await page.getByRole('link', { name: 'Managers' }).click()
        await refused(page).waitFor()
      }
      await change('POST')
      await refresh(tabs[1])
      for (const page of tabs) {
        await shown(page).waitFor()
        expect(page.url()).toBe(site.url('/managers'))
      }
    })
  },
)
