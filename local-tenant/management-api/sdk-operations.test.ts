import { afterAll, beforeAll, expect, test } from 'vitest'
import { startDemoTenant, type DemoTenant } from '../testing/demo-tenant.ts'
import { connectSdk } from '../testing/management-sdk.ts'
import { operations } from './operations.ts'
import { sdkOperations } from './sdk-operations.ts'

let tenant: DemoTenant

beforeAll(async () => {
  tenant = await startDemoTenant()
})
afterAll(() => tenant.close())

type Method = (...values: unknown[]) => unknown

const signatureOf = (on: string) => on.replaceAll(/:\w+/g, ':')
const implemented = new Set(operations.map(({ on }) => signatureOf(on)))

/** Calls a method of the SDK with ids that do not exist and hardly a body, and answers the status and its sentence. */
async function call(name: string, on: string): Promise<{ status: number; message: string }> {
  const answers: { status: number; message: string }[] = []
  const api = connectSdk(tenant, async (response) => {
    const { message = '' } = (await response.json().catch(() => ({}))) as { message?: string }
    answers.push({ status: response.status, message })
  })
  const path = name.split('.')
  const last = path.pop() ?? ''
  const owner = path.reduce((value, part) => (value as Record<string, unknown>)[part], api as unknown)
  const body = name === 'jobs.usersImports.create' ? { users: new Blob(['[]']), connection_id: 'none' } : {}
  const ids = [...on.matchAll(/:\w+/g)].map(() => 'none')
  await Promise.resolve((owner as Record<string, Method>)[last]?.(...ids, body))
    .then((stream) => (stream as { close?: () => void } | undefined)?.close?.())
    .catch(() => undefined)
  return answers.at(-1) ?? { status: 0, message: '' }
}

test.each(sdkOperations)('$name answers as the table says', async ({ name, on }) => {
  const { status, message } = await call(name, on)
  if (implemented.has(signatureOf(on))) expect([200, 201, 202, 204, 400, 404]).toContain(status)
  else
    expect([status, message]).toEqual([
      501,
      expect.stringContaining(`The local tenant does not answer ${on}`),
    ])
})

test('every operation is one of the SDK, or of its documented searches', () => {
  const known = new Set(sdkOperations.map(({ on }) => signatureOf(on)))
  expect(operations.map(({ on }) => on).filter((on) => !known.has(signatureOf(on)))).toEqual([
    'GET /clients/search',
  ])
})
