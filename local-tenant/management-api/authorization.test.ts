import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { connectControl, type TenantControl } from '../index.ts'
import { startDemoTenant, type DemoTenant } from '../testing/demo-tenant.ts'
import { connectSdk } from '../testing/management-sdk.ts'

let tenant: DemoTenant
let control: TenantControl

beforeAll(async () => {
  tenant = await startDemoTenant()
  control = connectControl(tenant.url)
})
afterAll(() => tenant.close())

describe('authorization', () => {
  test.each([
    ['nothing', undefined, 401, 'Missing authentication'],
    ['another scheme', 'Basic abc', 400, 'Bad HTTP authentication header format'],
    ['no token at all', 'Bearer abc', 401, 'Invalid token'],
  ])('refuses %s', async (_, authorization, status, message) => {
    const response = await fetch(`${tenant.url}/api/v2/clients`, {
      headers: { ...(authorization && { authorization }) },
    })
    expect([response.status, await response.json()]).toEqual([status, expect.objectContaining({ message })])
  })

  test('refuses an expired token', async () => {
    const authorization = `Bearer ${await tenant.managementToken()}`
    await control.shiftClock(86_500)
    const response = await fetch(`${tenant.url}/api/v2/clients`, { headers: { authorization } })
    await control.shiftClock(0)
    expect(await response.json()).toMatchObject({
      message: 'Expired token received for JSON Web Token validation',
    })
  })

  test('answers 401 to the SDK for a wrong secret', async () => {
    const wrong = connectSdk({ ...tenant, m2m: { ...tenant.m2m, clientSecret: 'wrong' } })
    await expect(Promise.resolve(wrong.clients.list())).rejects.toThrow()
    expect((await control.requests('/oauth/token')).at(-1)?.status).toBe(401)
  })
})

describe('the rate limit of a free plan', () => {
  test('lets two requests a second through and says when more may come', async () => {
    await control.changeTenant({ plan: 'free' })
    const headers = { authorization: `Bearer ${await tenant.managementToken()}` }
    // Again where a busy machine spread the three over more than a second.
    const answers = await vi.waitFor(
      async () => {
        const three = await Promise.all(
          [1, 2, 3].map(() => fetch(`${tenant.url}/api/v2/clients?per_page=1`, { headers })),
        )
        expect(three.map(({ status }) => status).sort()).toEqual([200, 200, 429])
        return three
      },
      { timeout: 30_000, interval: 1_100 },
    )
    await control.changeTenant({ plan: 'unlimited' })
    const refused = answers.find(({ status }) => status === 429)
    expect(await refused?.json()).toMatchObject({
      errorCode: 'too_many_requests',
      message: 'Global limit has been reached',
    })
    expect(refused?.headers.get('x-ratelimit-remaining')).toBe('0')
    expect(refused?.headers.get('retry-after')).toBe('1')
    const reset = Number(refused?.headers.get('x-ratelimit-reset'))
    const answeredAt = Date.parse(String(refused?.headers.get('date'))) / 1000
    expect(reset - answeredAt).toBeLessThan(3)
    expect(reset - answeredAt).toBeGreaterThan(-1)
  })
})
