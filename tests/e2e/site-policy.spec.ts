import { createHash } from 'node:crypto'
import { expect, test, type Page } from '@playwright/test'
import { askSite } from './support/ask-site.ts'
import { openStudio } from './support/builder.ts'
import { startLowgate, type Lowgate } from './support/lowgate.ts'
import { logInAtTenant } from './support/visitor.ts'

let lowgate: Lowgate

test.beforeAll(async () => {
  lowgate = await startLowgate()
})
test.afterAll(() => lowgate.stop())

/** A page for those who are logged in, one for directors; saved and published. */
async function publishSite(page: Page, storage: 'localstorage' | 'memory') {
  await openStudio(page, lowgate)
  const headers = { 'x-lowgate': 'editor' }
  const address = `${lowgate.studio}/api/projects/my-site`
  const { project, revision } = await (await page.request.get(address, { headers })).json()
  const pageFor = (id: string, access: unknown) => ({
    ...{ id, name: id, path: `/${id.toLowerCase()}`, access, inMenu: true, blocks: [] },
  })
  const connection = {
    domain: lowgate.tenants.preview.domain,
    clientId: 'acmeWebSiteSpaApplication000Prev',
  }
  const pages = [
    ...project.pages.filter(({ id }: { id: string }) => !['Members', 'Directors'].includes(id)),
    pageFor('Members', 'authenticated'),
    pageFor('Directors', { permissions: ['direct'] }),
  ]
  const settings = { storage, connections: { preview: connection, production: connection } }
  const data = { revision, project: { ...project, pages, settings } }
  const saved = await page.request.put(address, { headers, data })
  expect(saved.status()).toBe(200)
  const published = await page.request.post(`${address}/publish`, {
    headers,
    // The connection is the project's only: the proxy knows no tenant to check.
    data: { revision: revision + 1, overruled: ['not-checked', 'no-permissions:Directors'] },
  })
  expect(await published.text()).toContain('"version"')
}

/** What a policy of `'self'` and hashes would not let run: scripts and styles in the page, and attributes of both. */
function unhashed(html: string): string[] {
  const policy = (/http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '').replaceAll(
    '&#39;',
    "'",
  )
  expect(policy).toMatch(/script-src 'self'/)
  expect(policy).not.toMatch(/unsafe-|\*/)
  const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
  const scripts = [
    ...html.matchAll(/<script(?![^>]*\ssrc=)(?![^>]*application\/json)[^>]*>(.*?)<\/script>/gs),
  ]
  return [
    ...scripts.map(([, text = '']) => text).filter((text) => !policy.includes(hashOf(text))),
    ...(html.match(/<style|<[^>]+\s(on\w+|style)=|javascript:/gi) ?? []),
  ]
}

function recordViolations(page: Page): string[] {
  const violations: string[] = []
  page.on('console', (message) => {
    if (/Content Security Policy|CSP/.test(message.text()))
      violations.push(`${page.url()}: ${message.text()}`)
  })
  return violations
}

for (const storage of ['localstorage', 'memory'] as const)
  test(`breaks its own policy nowhere, with tokens in ${storage}`, async ({ page }) => {
    await publishSite(page, storage)
    const violations = recordViolations(page)
    const { preview, production } = lowgate.sites
    for (const site of [preview, production])
      for (const path of ['/', '/members', '/nowhere', '/callback'])
        expect(unhashed(await askSite(site + path)), site + path).toEqual([])

    for (const path of ['/', '/nowhere', '/callback?code=old&state=old'])
      for (const site of [production, preview]) {
        await page.goto(site + path)
        await expect(page.getByRole('main')).not.toBeEmpty()
      }
    await page.goto(`${preview}/members`)
    const [ada] = lowgate.tenants.preview.users
    if (ada) await logInAtTenant(page, ada)
    await page.waitForURL('**/members')
    await page.goto(`${preview}/directors`)
    await expect(page.getByRole('heading', { name: 'You may not see this page.' })).toBeVisible()
    await page.goto(preview)
    // With tokens in memory, a browser that blocks third-party cookies has ended the session, which the button says too.
    await page.getByRole('button', { name: /^Preview tools/ }).click()
    for (const tab of ['Claims', 'Trace', 'Session']) await page.getByRole('tab', { name: tab }).click()
    expect(violations).toEqual([])

    await page.evaluate(() => {
      document.head.append(Object.assign(document.createElement('style'), { textContent: 'a {}' }))
    })
    await expect.poll(() => violations, 'a violation is seen').not.toEqual([])
  })

test('says what the chosen hosting does not do', async ({ page }) => {
  await openStudio(page, lowgate)
  await page.getByRole('button', { name: 'Publish' }).click()
  const dialog = page.getByRole('dialog', { name: 'Publish to production' })
  const choose = async (name: string) => {
    await dialog.getByRole('combobox', { name: 'Hosting' }).click()
    await page.getByRole('option', { name }).click()
  }
  await expect(dialog.getByText('Visitors on other machines cannot reach it.')).toBeVisible()
  await choose('Another static host')
  await expect(dialog.getByText('Other sites can show yours in a frame')).toBeVisible()
  await choose('nginx')
  await expect(dialog.getByText('Other sites can show yours in a frame')).toBeHidden()
  await expect(dialog.getByText('_nginx.conf')).toBeVisible()
})
