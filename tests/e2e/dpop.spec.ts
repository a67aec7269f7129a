import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from '@playwright/test'
import { EmbeddedJWK, jwtVerify } from 'jose'
import { startLowgate, type Lowgate } from './support/lowgate.ts'
import { logInAtTenant } from './support/visitor.ts'

let lowgate: Lowgate
let api: Server
const nonce = randomUUID()
/** What the API answered, `OPTIONS` aside. */
const answers: string[] = []

/** Whether a request proves that its sender holds the key, for this request, with the nonce of this API. */
async function isProved({ headers, method, url }: IncomingMessage): Promise<boolean> {
  const [scheme, token = ''] = headers.authorization?.split(' ') ?? []
  const { payload } = await jwtVerify(String(headers.dpop), EmbeddedJWK, { typ: 'dpop+jwt' })
  const ath = createHash('sha256').update(token).digest('base64url')
  const expected = { htm: method, htu: `http://${headers.host}${url?.split('?')[0]}`, ath, nonce }
  return scheme === 'DPoP' && Object.entries(expected).every(([name, value]) => payload[name] === value)
}

test.beforeAll(async ({ playwright }) => {
  lowgate = await startLowgate()
  api = createServer(async (request, response) => {
    response.setHeader('access-control-allow-origin', '*')
    response.setHeader('access-control-allow-headers', 'authorization, content-type, dpop')
    response.setHeader('access-control-expose-headers', 'dpop-nonce, www-authenticate')
    response.setHeader('dpop-nonce', nonce)
    if (request.method === 'OPTIONS') return response.end()
    const proved = await isProved(request).catch(() => false)
    answers.push(`${request.method} ${proved ? 200 : 401}`)
    if (!proved) response.writeHead(401, { 'www-authenticate': 'DPoP error="use_dpop_nonce"' })
    response.end('[{"name":"Order 7"}]')
  }).listen(0, 'localhost')
  await once(api, 'listening')

  const studio = await playwright.request.newContext({ extraHTTPHeaders: { 'x-lowgate': 'editor' } })
  await studio.get(lowgate.studioUrl)
  const address = `${lowgate.studio}/api/projects/my-site`
  const { project, revision } = await (await studio.get(address)).json()
  const url = `http://localhost:${(api.address() as AddressInfo).port}/orders`
  const changed = {
    ...project,
    homePageId: 'Start',
    pages: [
      {
        ...{ id: 'Start', name: 'Start', path: '/', access: 'authenticated', inMenu: true },
        blocks: [
          { id: 'orders', type: 'data', values: { url } },
          { id: 'order', type: 'button', values: { label: 'Order', look: 'primary' } },
        ],
      },
    ],
    workflows: [
      {
        id: 'ordering',
        trigger: { type: 'click', blockId: 'order' },
        steps: [{ id: 'call', action: 'callApi', args: { url, method: 'POST', body: '{}' } }],
      },
    ],
    settings: {
      dpop: true,
      connections: {
        preview: { domain: lowgate.tenants.preview.domain, clientId: 'acmeWebSiteSpaApplication000Prev' },
      },
    },
  }
  const saved = await studio.put(address, { data: { revision, project: changed } })
  expect(saved.status(), await saved.text()).toBe(200)
  await studio.dispose()
})
test.afterAll(async () => {
  await lowgate.stop()
  api.close()
})

test('a data block and “Call API” prove that the token is the browser’s own', async ({ page }) => {
  await page.goto(lowgate.sites.preview)
  const [ada] = lowgate.tenants.preview.users
  if (ada) await logInAtTenant(page, ada)
  await expect(page.getByText('Order 7')).toBeVisible()
  await page.getByRole('button', { name: 'Order' }).click()
  await expect.poll(() => answers).toEqual(['GET 401', 'GET 200', 'POST 200'])
})
