import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectControl } from '../index.ts'
import { startDemoTenant, type DemoTenant } from '../testing/demo-tenant.ts'
import { compareTenants } from './compare-tenants.ts'

let one: DemoTenant
let two: DemoTenant
beforeAll(async () => {
  ;[one, two] = await Promise.all([startDemoTenant(), startDemoTenant()])
})
afterAll(() => Promise.all([one.close(), two.close()]))

const target = ({ url, m2m }: DemoTenant) => ({ url, ...m2m })
const compare = () => compareTenants(target(one), target(two), { pauseMilliseconds: 0 })

test('finds two equal tenants equal, whatever their names', async () => {
  expect((await compare()).filter(({ same }) => !same)).toEqual([])
})

test('finds the one answer that differs', async () => {
  await connectControl(two.url).addFault({ kind: 'status', path: '/userinfo', status: 400 })
  const different = (await compare()).filter(({ same }) => !same)
  expect(different).toMatchObject([
    { name: 'the profile without a token', real: { status: 401 }, local: { status: 400 } },
  ])
})

test('says what to check when there is no token', async () => {
  const wrong = { ...target(one), clientSecret: 'wrong' }
  await expect(compareTenants(wrong, target(two))).rejects.toThrow('authorized for the Auth0 Management API')
})
