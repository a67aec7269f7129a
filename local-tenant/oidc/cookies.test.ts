import { afterAll, beforeAll, expect, test } from 'vitest'
import { ada, startDemoTenant, type DemoTenant } from '../testing/demo-tenant.ts'
import { createRawClient } from '../testing/raw-client.ts'

const callback = 'http://app.localhost:3999/callback'
let tenant: DemoTenant

beforeAll(async () => {
  tenant = await startDemoTenant({ app: 'http://app.localhost:3999' })
})
afterAll(() => tenant.close())

/** A browser that keeps only such cookies. */
const visit = (keeps: (setCookie: string) => boolean) =>
  createRawClient(tenant, { clientId: tenant.clientId, callback, keeps })

const isCrossSite = (setCookie: string) => /; samesite=none/i.test(setCookie) && /; secure/i.test(setCookie)

test.each([
  ['keeps nothing but cookies for frames on other sites', isCrossSite],
  // As Safari does over plain http.
  [
    'refuses cookies for frames on other sites',
    (setCookie: string) => !/; (secure|samesite=none)/i.test(setCookie),
  ],
])('a browser that %s logs in, and is known the next time', async (_, keeps) => {
  const client = visit(keeps)
  expect((await client.login(ada)).code).toBeTruthy()
  const silent = client.returned(await client.authorize({ prompt: 'none' }))
  expect(silent.code).toBeTruthy()
})

test('keeps every cookie from scripts, and in one host', async () => {
  const seen: string[] = []
  await visit((setCookie) => Boolean(seen.push(setCookie))).login(ada)
  expect(seen.length).toBeGreaterThan(3)
  for (const setCookie of seen) {
    expect(setCookie).toMatch(/; httponly/i)
    expect(setCookie).not.toMatch(/domain=/i)
  }
})
