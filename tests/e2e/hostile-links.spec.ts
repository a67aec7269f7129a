import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test, type Page } from '@playwright/test'
import { addStepOnClick, openStudio, waitUntilSaved } from './support/builder.ts'
import { dragBlock, fillBlock } from './support/canvas.ts'
import { startLowgate, type Lowgate } from './support/lowgate.ts'
import { logInAtTenant } from './support/visitor.ts'

// A builder makes the site, a visitor logs in on it, and then follows links.
test.describe.configure({ mode: 'serial' })

let lowgate: Lowgate
let api: Server
let address: string
let visitor: Page
/** What the API was asked for, preflights aside. */
const asked: (Pick<IncomingMessage, 'method' | 'url' | 'headers'> & { body: string })[] = []
const paths = () => asked.map(({ method, url }) => `${method} ${url}`)

test.beforeAll(async ({ browser }) => {
  lowgate = await startLowgate()
  api = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const { method, url, headers } = request
    if (method !== 'OPTIONS') asked.push({ method, url, headers, body })
    const allow = { 'access-control-allow-headers': 'authorization, content-type, x-shop' }
    response.writeHead(200, { ...allow, 'access-control-allow-origin': '*' }).end('[{"name":"A row"}]')
  }).listen(0, 'localhost')
  await once(api, 'listening')
  address = `http://localhost:${(api.address() as AddressInfo).port}`
  visitor = await (await browser.newContext()).newPage()
})

test.afterAll(async () => {
  await visitor.context().close()
  await lowgate.stop()
  api.close()
})

test('the builder binds an address, its parameters and headers to the link', async ({ page }) => {
  await openStudio(page, lowgate)
  const studio = `${lowgate.studio}/api/projects/my-site`
  const headers = { 'x-lowgate': 'editor' }
  const { project, revision } = await (await page.request.get(studio, { headers })).json()
  const { domain } = lowgate.tenants.preview
  const connections = { preview: { domain, clientId: 'acmeWebSiteSpaApplication000Prev' } }
  const pages = project.pages.map((each: { id: string }) =>
    each.id === 'home' ? { ...each, access: 'authenticated' } : each,
  )
  const data = { revision, project: { ...project, pages, settings: { connections } } }
  expect((await page.request.put(studio, { headers, data })).status()).toBe(200)

  await page.reload()
  const panel = page.getByRole('complementary', { name: 'Settings' })
  const addPair = async (item: string, name: string, value: string) => {
    await panel.getByRole('button', { name: `Add ${item.toLowerCase()}` }).click()
    await panel.getByRole('textbox', { name: `${item} 1: name` }).fill(name)
    await panel.getByRole('textbox', { name: `${item} 1: value` }).fill(value)
  }
  await addStepOnClick(page, 'Button: Log in', 'Call API')
  const field = (name: string) => panel.getByRole('textbox', { name, exact: true })
  await panel.getByRole('textbox', { name: /^Address/ }).fill(`${address}/orders/{{ page.query.id }}/seen`)
  await addPair('Query parameter', 'note', '{{ page.query.note }}')
  await addPair('Header', 'X-Shop', '{{ page.query.shop }}')
  await panel.getByRole('combobox', { name: 'Method' }).click()
  await page.getByRole('option', { name: 'POST' }).click()
  await field('Body').fill('{"note": "{{ page.query.note }}", "by": "visitor"}')

  await dragBlock(page, 'Data')
  await fillBlock(page, { 'API address': `${address}/rows/{{ page.query.id }}` })
  await addPair('Query parameter', 'note', '{{ page.query.note }}')
  await waitUntilSaved(page)
})

test('the visitor’s calls carry the token and what the link says, each in its place', async () => {
  await visitor.goto(`${lowgate.sites.preview}/?id=7&note=a%26b%22c&shop=north`)
  const [ada] = lowgate.tenants.preview.users
  if (ada) await logInAtTenant(visitor, ada)
  await expect(visitor.getByText('A row')).toBeVisible()
  await visitor.getByRole('button', { name: 'Log in' }).click()
  await expect.poll(paths).toEqual(['GET /rows/7?note=a%26b%22c', 'POST /orders/7/seen?note=a%26b%22c'])
  for (const { headers } of asked) expect(headers.authorization).toMatch(/^Bearer \S{20}/)
  expect(asked[1]?.headers['x-shop']).toBe('north')
  expect(JSON.parse(asked[1]?.body ?? '')).toEqual({ note: 'a&b"c', by: 'visitor' })
})

for (const id of [
  '..%2F..%2Fadmin%2Fdelete-me%3Fx%3D',
  '%2e%2e',
  '..%5Cadmin',
  '%252e%252e%252fadmin',
  'a%2Fb',
])
  test(`the link ?id=${id} has the API asked for nothing`, async () => {
    asked.length = 0
    await visitor.goto(`${lowgate.sites.preview}/?id=${id}`)
    const refusal = 'A value that this address is made of would lead to another address.'
    await expect(visitor.getByRole('alert').filter({ hasText: refusal })).toHaveCount(1)
    await visitor.getByRole('button', { name: 'Log in' }).click()
    await expect(visitor.getByRole('alert').filter({ hasText: refusal })).toHaveCount(2)
    expect(paths()).toEqual([])
  })

test('a link adds no parameter, no header and no field of the body', async () => {
  asked.length = 0
  const note = encodeURIComponent('","role":"admin","x":"&role=admin#')
  const shop = encodeURIComponent('a\r\nX-Role: admin')
  await visitor.goto(`${lowgate.sites.preview}/?id=7&note=${note}`)
  await visitor.getByRole('button', { name: 'Log in' }).click()
  await expect.poll(paths).toEqual([`GET /rows/7?note=${note}`, `POST /orders/7/seen?note=${note}`])
  expect(JSON.parse(asked[1]?.body ?? '')).toEqual({ note: decodeURIComponent(note), by: 'visitor' })
  await visitor.goto(`${lowgate.sites.preview}/?id=7&shop=${shop}`)
  await visitor.getByRole('button', { name: 'Log in' }).click()
  await expect(visitor.getByText('The header “X-Shop” can hold only letters')).toBeVisible()
  expect(paths().filter((path) => path.startsWith('POST'))).toHaveLength(1)
})
