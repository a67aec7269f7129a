import { execFileSync } from 'node:child_process'
import { expect, test, type Page } from '@playwright/test'
import { expectAccessible } from './support/accessibility.ts'
import { openStudio } from './support/builder.ts'
import { startLowgate, type Lowgate } from './support/lowgate.ts'

let lowgate: Lowgate

test.beforeAll(async () => {
  lowgate = await startLowgate()
})
test.afterAll(() => lowgate.stop())

const locked = (page: Page) => page.getByRole('heading', { name: 'The studio is not open in this browser' })
const canvas = (page: Page) => page.getByRole('main', { name: 'Canvas' })

test('says where its address is to a browser that does not have it', async ({ page }) => {
  await page.goto(`${lowgate.studio}/projects/my-site/pages`)
  await expect(locked(page)).toBeVisible()
  await expect(page.getByText('npm run studio:link')).toBeVisible()
  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [1440, 390]) {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height: 900 })
      await expectAccessible(page, `the locked studio, ${width} px, ${colorScheme}`)
    }
})

test('opens with the printed address, which works in one browser and leaves no trace', async ({
  page,
  browser,
}) => {
  await page.goto(lowgate.sites.preview)
  await openStudio(page, lowgate)
  await expect(canvas(page)).toBeVisible()
  const token = new URL(lowgate.studioUrl).searchParams.get('token') ?? ''
  expect(token).toHaveLength(43)
  expect(page.url()).not.toContain(token)
  expect(await page.evaluate(() => document.referrer + document.cookie)).toBe('')
  await page.goBack()
  await page.goForward()
  await expect(canvas(page)).toBeVisible()
  expect(page.url()).not.toContain(token)
  expect(lowgate.log()).not.toContain(token)

  const elsewhere = await (await browser.newContext()).newPage()
  await elsewhere.goto(lowgate.studioUrl)
  await expect(locked(elsewhere)).toBeVisible()
  expect(elsewhere.url()).not.toContain(token)
  const link = execFileSync('npm', ['run', '--silent', 'studio:link'], {
    env: { ...process.env, DATA_DIR: lowgate.dataDir },
    encoding: 'utf8',
  })
  await elsewhere.goto(link.trim())
  await expect(canvas(elsewhere)).toBeVisible()
  await elsewhere.context().close()
})

test('opens from the preview’s tools', async ({ page }) => {
  await openStudio(page, lowgate)
  await page.goto(lowgate.sites.preview)
  await page.getByRole('button', { name: 'Preview tools', exact: true }).click()
  await page.getByRole('link', { name: 'Connect a tenant in the studio' }).click()
  await expect(page.getByRole('textbox', { name: 'Domain', exact: true })).toBeVisible()
})

test('gives a preview site nothing, though the same browser has the studio open', async ({ browser }) => {
  // The site's own policy would stop most of this: a hostile page would have none.
  const page = await browser.newPage({ bypassCSP: true })
  await openStudio(page, lowgate)
  await expect(canvas(page)).toBeVisible()
  const answered: string[] = []
  page.on('response', (answer) => {
    const { origin, pathname } = new URL(answer.url())
    if (origin === lowgate.studio && pathname.startsWith('/api/') && answer.ok()) answered.push(pathname)
  })
  await page.goto(lowgate.sites.preview)
  const taken = await page.evaluate(async (studio) => {
    const attempt = (path: string, how: RequestInit) =>
      fetch(studio + path, { credentials: 'include', ...how }).then(
        (answer) => answer.text(),
        () => '',
      )
    const put = { method: 'PUT', body: '{}' }
    const framed = document.createElement('iframe')
    framed.src = studio
    const loaded = new Promise((resolve) => (framed.onload = resolve))
    document.body.append(framed)
    await loaded
    const opened = open(studio)
    await new Promise((resolve) => setTimeout(resolve, 1500))
    let reach = ''
    try {
      reach += framed.contentDocument?.body.textContent ?? ''
      reach += opened?.closed ? '' : (opened?.document.body.textContent ?? '')
    } catch {
      // A document of another origin.
    }
    return [
      await attempt('/api/projects', {}),
      await attempt('/api/projects', { headers: { 'x-lowgate': 'editor' } }),
      await attempt('/api/projects/my-site', { ...put, headers: { 'x-lowgate': 'editor' } }),
      await attempt('/api/projects', { mode: 'no-cors' }),
      await attempt('/api/projects/my-site/publish', {
        mode: 'no-cors',
        method: 'POST',
        body: '{"revision":1}',
      }),
      await attempt('/api/proxy/projects/my-site/connections', { mode: 'no-cors' }),
      reach,
    ].join('')
  }, lowgate.studio)
  expect(taken).toBe('')
  expect(answered).toEqual([])
  await page.close()
})
