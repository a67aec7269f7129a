import { gunzipSync } from 'node:zlib'
import { createHash } from 'node:crypto'
import { hashSync } from 'bcryptjs'
import type { ManagementError } from 'auth0'
import { expect, test, vi } from 'vitest'
import { connectSdk, failure, useManagementApi } from '../testing/management-sdk.ts'
import { createRawClient } from '../testing/raw-client.ts'

const connection_id = 'con_acmeDatabase0001'
const { tenant, control, api } = await useManagementApi()

const start = (rows: unknown, options: { upsert?: boolean; external_id?: string } = {}) =>
  api.jobs.usersImports.create({
    users: {
      data: Buffer.from(JSON.stringify(rows)),
      filename: 'users.json',
      contentType: 'application/json',
    },
    connection_id,
    ...options,
  })

async function finished(id = '') {
  return vi.waitFor(
    async () => {
      const job = await api.jobs.get(id)
      expect(job.status).not.toBe('pending')
      return job
    },
    { timeout: 10_000 },
  )
}

const login = (email: string, password: string) =>
  createRawClient(tenant, { clientId: tenant.clientId, callback: 'http://localhost:3999/callback' }).login({
    email,
    password,
  })

test('an import tells each row that it leaves out, and goes on with the rest', async () => {
  const { id, status } = await start([
    { email: 'In@import.example', user_id: 'mine' },
    { email: 'in@import.example' },
    { name: 'nobody' },
    { email: 'not an address' },
    { email: 'x@import.example', shoe_size: 9 },
    { email: 'y@import.example', blocked: 'yes' },
    { email: 'z@import.example', mfa_factors: [] },
  ])
  expect(status).toBe('pending')
  expect(await finished(id)).toMatchObject({
    status: 'completed',
    type: 'users_import',
    summary: { total: 7, inserted: 1, updated: 0, failed: 6 },
  })
  const errors = (await api.jobs.errors.get(id ?? '')) as { errors: { code: string }[] }[]
  expect(errors.map((row) => row.errors[0]?.code)).toEqual([
    'DUPLICATED_USER',
    'ANY_OF_MISSING',
    'FORMAT',
    'NOT_PASSED',
    'INVALID_TYPE',
    'ARRAY_LENGTH_SHORT',
  ])
  expect((await api.users.get('auth0|mine')).email).toBe('in@import.example')
})

test('imported users log in with the passwords they had', async () => {
  const md5 = createHash('md5').update('salted-Old-Secret-2').digest('hex')
  const { id } = await start([
    { email: 'bcrypt@import.example', password_hash: hashSync('Old-Secret-1', 10) },
    {
      email: 'md5@import.example',
      custom_password_hash: {
        algorithm: 'md5',
        hash: { value: md5, encoding: 'hex' },
        salt: { value: 'salted-', position: 'prefix' },
      },
    },
  ])
  await finished(id)
  expect((await login('bcrypt@import.example', 'Old-Secret-1')).code).toBeTruthy()
  expect((await login('md5@import.example', 'Old-Secret-2')).code).toBeTruthy()
  expect((await login('md5@import.example', 'Old-Secret-3')).code).toBeUndefined()
  const [user] = await api.users.listUsersByEmail({ email: 'md5@import.example' })
  expect(JSON.stringify(user)).not.toContain(md5)
})

test('an upsert replaces metadata and resets the verification, and keeps block and id', async () => {
  const before = {
    email: 'up@import.example',
    user_id: 'up',
    email_verified: true,
    app_metadata: { a: 1, b: 2 },
  }
  await finished((await start([before])).id)
  const { id } = await start(
    [{ email: 'up@import.example', user_id: 'other', blocked: true, app_metadata: { c: 3 } }],
    {
      upsert: true,
    },
  )
  expect(await finished(id)).toMatchObject({ summary: { updated: 1, failed: 0 } })
  const after = await api.users.get('auth0|up')
  expect(after).toMatchObject({ email_verified: false, app_metadata: { c: 3 } })
  expect(after.blocked).toBeUndefined()
})

test('two imports run at once, and no file is larger than 512,000 bytes', async () => {
  const answers = await Promise.allSettled([start([]), start([]), start([])])
  const refused = answers.flatMap((answer) =>
    answer.status === 'rejected' ? [answer.reason as ManagementError] : [],
  )
  expect(refused.map(({ statusCode }) => statusCode)).toEqual([429])
  for (const answer of answers) if (answer.status === 'fulfilled') await finished(answer.value.id)
  const large = await failure(start([{ email: 'a@b.example', name: 'x'.repeat(512_000) }]))
  expect(large).toMatchObject({
    statusCode: 413,
    body: { message: 'Payload content length greater than maximum allowed: 512000' },
  })
})

test('a file that is not a list fails the job', async () => {
  const { id } = await start({ email: 'a@b.example' })
  expect((await finished(id)).status).toBe('failed')
})

test('an export is a compressed file behind an address that is good for a minute', async () => {
  const { id = '' } = await api.jobs.usersExports.create({
    connection_id,
    format: 'csv',
    fields: [{ name: 'email' }, { name: 'identities[0].connection', export_as: 'from' }],
  })
  const { location = '' } = await finished(id)
  const file = async (url = location) => {
    const response = await fetch(url)
    return response.ok ? gunzipSync(Buffer.from(await response.arrayBuffer())).toString() : response.status
  }
  expect(
    String(await file())
      .split('\r\n')
      .slice(0, 2),
  ).toEqual(['"email","from"', `"'ada@acme.example","'Username-Password-Authentication"`])
  await control.shiftClock(61)
  expect(await file()).toBe(403)
  expect(await file((await api.jobs.get(id)).location)).toContain('ada@acme.example')
  await control.shiftClock(86_401)
  expect((await failure(connectSdk(tenant).jobs.get(id))).statusCode).toBe(404)
  await control.shiftClock(0)
})

test('a verification mail is sent by a job', async () => {
  const { id } = await api.jobs.verificationEmail.create({ user_id: 'auth0|65f1b0000000000000000002' })
  await finished(id)
  expect((await control.mails()).at(-1)).toMatchObject({
    to: 'ben@acme.example',
    subject: 'Verify your email',
  })
})
