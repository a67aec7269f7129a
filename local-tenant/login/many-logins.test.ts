import { expect, test } from 'vitest'
import { bigSeed } from '../index.ts'
import { startDemoTenant } from '../testing/demo-tenant.ts'
import { createRawClient } from '../testing/raw-client.ts'

test('300 people log in one after the other without an error', { timeout: 300_000 }, async () => {
  const tenant = await startDemoTenant({
    change: (seed) =>
      void Object.assign(seed, bigSeed(seed, { applications: 0, organizations: 0, users: 300 })),
  })
  const users = (tenant.seed.users ?? []).filter(({ user_id }) => user_id.includes('generated'))
  const statuses = new Set<number>()
  for (const { email, password = '' } of users) {
    const browser = createRawClient(tenant, {
      clientId: tenant.clientId,
      callback: 'http://localhost:3999/callback',
    })
    statuses.add((await browser.obtain({ email, password }, { scope: 'openid offline_access' })).status)
  }
  await tenant.close()
  expect([users.length, ...statuses]).toEqual([300, 200])
})
