import { describe, expect, test } from 'vitest'
import { useEditor } from './testing/editor.ts'

interface Shown {
  component: {
    content: Record<string, unknown>
    config: {
      features?: { auth: boolean }
      editor: { settings: { label: string; edit: unknown; getIsValid(settings: unknown): boolean }[] }
      actions: {
        code: string
        edit: unknown
        getIsValid(args: unknown): boolean
        copilot: { schema: unknown }
      }[]
    }
  }
  show(entry: unknown, model: string, value: unknown): Promise<void>
  saved(): Record<string, never>
}

const editor = useEditor()

const saved = () => editor.page.evaluate(() => (window as unknown as Shown).saved())
const showAction = (code: string, args: object) =>
  editor.page.evaluate(
    async ([code, args]) => {
      const { component, show } = window as unknown as Shown
      await show(component.config.actions.find((action) => action.code === code)?.edit, 'args', args)
    },
    [code, args] as const,
  )
const showSettings = (label: string, settings: object) =>
  editor.page.evaluate(
    async ([label, settings]) => {
      const { component, show } = window as unknown as Shown
      await show(
        component.config.editor.settings.find((panel) => panel.label === label)?.edit,
        'settings',
        settings,
      )
    },
    [label, settings] as const,
  )

test('WeWeb’s command makes one file of the plugin, without fonts and without what only a server may have', () => {
  expect(editor.files).toEqual(['manager.js'])
  expect(editor.manager).not.toMatch(/@font-face|createRequire|libsql/)
})

test('the editor is told every action, each with a form, a check and a schema, and methods that survive a copy', async () => {
  const told = await editor.page.evaluate(() => {
    const { content, config } = (window as unknown as Shown).component
    return {
      auth: config.features?.auth,
      methods: Object.keys({ ...content }),
      actions: config.actions.map(({ code, edit, copilot }) => [code, typeof edit, typeof copilot.schema]),
      complete: config.actions.map(({ code, getIsValid }) => [code, getIsValid({})]),
    }
  })
  expect(told.auth).toBe(true)
  expect(told.methods).toEqual(
    expect.arrayContaining([
      '_onLoad',
      '_initAuth',
      '_isAuthenticated',
      '_getIsAuthenticated',
      'loginWithRedirect',
    ]),
  )
  expect(told.actions).toHaveLength(9)
  for (const [code, ...parts] of told.actions) expect([code, ...parts]).toEqual([code, 'function', 'object'])
  expect(Object.fromEntries(told.complete)).toMatchObject({ loginWithRedirect: true, changePassword: false })
})

describe('under the Vue of WeWeb’s command', () => {
  test('the form of an action shows its own fields and hands back what is typed', async () => {
    await showAction('loginWithRedirect', { organization: 'acme-north' })
    await editor.page.getByLabel('Login hint').fill('ada@acme.example')
    await editor.page.getByLabel('Login hint').blur()
    expect(await saved()).toEqual({ organization: 'acme-north', loginHint: 'ada@acme.example' })
    await showAction('logout', { mode: 'local' })
    await editor.page.getByLabel('Mode').waitFor()
    expect(await editor.page.getByLabel('Federated logout').count()).toBe(0)
  })

  test('the panel of the site keeps addresses, and says what Auth0’s lists need in each language', async () => {
    await showSettings('Site', { publicData: {}, privateData: {} })
    await editor.page.getByLabel('Production').fill('https://www.acme.example/shop')
    await editor.page.getByLabel('Production').blur()
    await editor.page
      .getByRole('group', { name: 'Production' })
      .getByText(/^https:\/\/www\.acme\.example\/shop\/fr\/\s*fr$/)
      .waitFor()
    expect(await saved()).toMatchObject({
      publicData: { sites: { production: { origin: 'https://www.acme.example', basePath: '/shop/' } } },
    })
  })

  test('an address that WeWeb does not tell is left out, with a sentence, and every panel opens', async () => {
    const site = { origin: 'https://www.acme.example', basePath: '/' }
    const settings = { publicData: { sites: { production: site } } }
    for (const answer of ['throws', 'undefined', '/home', '/fr/home/']) {
      const restore = await editor.page.evaluateHandle((answer) => {
        const { wwPageHelper } = wwLib
        const { getPagePath } = wwPageHelper
        wwPageHelper.getPagePath = (id, language) => {
          if (language === 'en') return getPagePath(id, language)
          if (answer === 'throws') throw new Error('Page not found.')
          return (answer === 'undefined' ? undefined : answer) as string
        }
        return () => (wwPageHelper.getPagePath = getPagePath)
      }, answer)
      await showSettings('Site', settings)
      const group = editor.page.getByRole('group', { name: 'Production' })
      await group.getByText('https://www.acme.example/', { exact: true }).waitFor()
      await group.getByText('WeWeb does not tell the landing page’s address for “fr”').waitFor()
      expect(await group.innerText()).not.toMatch(/example\/\w|undefined/)
      await showSettings('Connections', settings)
      await editor.page.getByLabel('Proxy address').waitFor()
      await showSettings('Access', settings)
      await editor.page.getByLabel('Who can see it').waitFor()
      await restore.evaluate((restore) => void restore())
    }
  })

  test('settings of the official plugin are taken over, without its secrets', async () => {
    await showSettings('Site', { publicData: {}, privateData: {} })
    const old = {
      publicData: { domain: 'acme.eu.auth0.com', SPAClientId: 'spa' },
      privateData: { M2MClientSecret: 'very-secret' },
    }
    await editor.page.getByLabel('Settings of the Auth0 plugin or integration').fill(JSON.stringify(old))
    await editor.page.getByRole('button', { name: 'Take over' }).click()
    await editor.page.getByText('rotate it in Auth0').waitFor()
    const settings = await saved()
    expect(settings).toMatchObject({
      publicData: {
        settings: { connections: { production: { domain: 'acme.eu.auth0.com', clientId: 'spa' } } },
      },
    })
    expect(JSON.stringify(settings)).not.toContain('very-secret')
  })

  test('the panel of connections keeps the proxy’s address and the token with the tab, never with the project', async () => {
    await showSettings('Connections', { publicData: {}, privateData: {} })
    const token = `lge_0123456789abcdef_${'t'.repeat(43)}`
    await editor.page.getByLabel('Proxy address').fill('http://127.0.0.1:9')
    await editor.page.getByLabel('Editor token').fill(token)
    await editor.page.getByLabel('Editor token').press('Enter')
    await editor.page.getByRole('alert').waitFor()
    expect(JSON.stringify(await saved())).not.toContain('lge_')
  })

  test('a page’s rule is part of what is published', async () => {
    await showSettings('Access', { publicData: {}, privateData: {} })
    await editor.page.getByLabel('Who can see it').click()
    await editor.page.getByRole('option', { name: 'Logged-in visitors', exact: true }).click()
    expect(await saved()).toMatchObject({ publicData: { access: { home: 'authenticated' } } })
  })

  test('a builder with an editor token has the tenant’s lists, in the panel and in the forms of actions', async () => {
    const { page, proxy, tenant } = editor
    const connection = { domain: tenant.domain, clientId: tenant.site }
    const params = { project: 'project' }
    await proxy.operator.saveConnection({
      params: { ...params, environment: 'staging' },
      body: { ...connection, ...tenant.m2m },
    })
    const { token } = await proxy.operator.issueToken({ params, body: { label: 'Mia, WeWeb' } })
    const settings = {
      publicData: {
        settings: { connections: { staging: connection } },
        sites: { staging: { origin: 'https://staging.acme.example', basePath: '/' } },
      },
    }
    await showSettings('Connections', settings)
    await page.getByLabel('Proxy address').fill(proxy.url)
    await page.getByLabel('Editor token').fill(token)
    await page.getByRole('button', { name: 'Connect', exact: true }).click()
    await page.getByRole('tab', { name: 'Staging' }).click()
    await page.getByRole('combobox', { name: 'API audience' }).click()
    await page.getByRole('option', { name: 'Acme API' }).waitFor()
    await page.keyboard.press('Escape')

    await page.getByRole('button', { name: 'Check now' }).click()
    for (const path of ['/', '/fr/'])
      await page
        .getByText(`https://staging.acme.example${path} is not among the Allowed Callback URLs`)
        .waitFor()

    await page.evaluate((settings) => Object.assign(window, { plugin: { settings } }), settings)
    await showAction('loginWithRedirect', { organization: { __wwtype: 'f' } })
    await page.getByRole('combobox', { name: 'From the tenant: Identity provider' }).waitFor()
    expect(await page.getByRole('combobox', { name: 'From the tenant: Organization' }).count()).toBe(0)
    await showAction('loginWithRedirect', {})
    await page.getByRole('combobox', { name: 'From the tenant: Organization' }).click()
    await page.getByRole('option', { name: 'Acme North' }).waitFor()
    await page.getByRole('option', { name: 'Acme North' }).click()
    await expect
      .poll(() => page.getByLabel('Organization', { exact: true }).inputValue())
      .toMatch(/north|org_/)
    expect(await saved()).toEqual({
      organization: await page.getByLabel('Organization', { exact: true }).inputValue(),
    })
    expect(JSON.stringify(await saved())).not.toContain(token)
  })
})
