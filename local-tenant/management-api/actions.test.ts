import { expect, test } from 'vitest'
import { ada } from '../testing/demo-tenant.ts'
import { failure, useManagementApi } from '../testing/management-sdk.ts'
import { claimsOf, createRawClient } from '../testing/raw-client.ts'

const { tenant, api } = await useManagementApi()

const supported_triggers = [{ id: 'post-login' as const, version: 'v3' }]
const stamp = (text: string) =>
  `exports.onExecutePostLogin = async (event, api) => api.idToken.setCustomClaim('https://a.example/stamp', '${text}')`

async function stampOf() {
  const browser = createRawClient(tenant, {
    clientId: tenant.clientId,
    callback: 'http://localhost:3999/callback',
  })
  return claimsOf((await browser.obtain(ada)).body.id_token)['https://a.example/stamp']
}

test('an Auth0 Action runs once it is deployed and bound, and the draft only after its deployment', async () => {
  const { id = '', status } = await api.actions.create({
    name: 'Stamp',
    supported_triggers,
    code: stamp('one'),
  })
  expect(status).toBe('pending')
  const bindings = [{ ref: { type: 'action_id' as const, value: id }, display_name: 'Stamp' }]
  expect(
    (await failure(api.actions.triggers.bindings.updateMany('post-login', { bindings }))).statusCode,
  ).toBe(400)
  const { number } = await api.actions.deploy(id)
  expect(number).toBe(1)
  expect(await stampOf()).toBeUndefined()
  await api.actions.triggers.bindings.updateMany('post-login', { bindings })
  expect(await stampOf()).toBe('one')

  await api.actions.update(id, { code: stamp('two') })
  expect(await api.actions.get(id)).toMatchObject({ all_changes_deployed: false })
  expect(await stampOf()).toBe('one')
  await api.actions.deploy(id)
  expect(await stampOf()).toBe('two')

  const versions = (await api.actions.versions.list(id)).data
  expect(versions.map((version) => [version.number, version.deployed])).toEqual([
    [2, true],
    [1, false],
  ])
  const back = await api.actions.versions.deploy(id, versions[1]?.id ?? '')
  expect(back?.number).toBe(3)
  expect(await stampOf()).toBe('one')

  expect((await failure(api.actions.delete(id))).statusCode).toBe(400)
  await api.actions.triggers.bindings.updateMany('post-login', { bindings: [] })
  expect(await stampOf()).toBeUndefined()
  await api.actions.delete(id)
  expect((await failure(api.actions.get(id))).body).toEqual({
    statusCode: 404,
    error: 'Not Found',
    message: 'That action does not exist.',
  })
})

test('a secret is never told again, and keeps its value when only its name is sent', async () => {
  const { id = '' } = await api.actions.create({
    name: 'Secretive',
    supported_triggers,
    code: 'exports.onExecutePostLogin = async () => {}',
    secrets: [{ name: 'KEY', value: 'hidden-value' }],
  })
  const updated = await api.actions.update(id, { secrets: [{ name: 'KEY' }] })
  expect(updated.secrets).toMatchObject([{ name: 'KEY' }])
  expect(JSON.stringify([updated, await api.actions.get(id)])).not.toContain('hidden-value')
})

test('triggers are told with an entry for each version', async () => {
  const { triggers = [] } = await api.actions.triggers.list()
  expect(
    triggers.filter(({ id }) => id === 'post-login').map(({ version, status }) => [version, status]),
  ).toEqual([
    ['v1', 'DEPRECATED'],
    ['v2', 'DEPRECATED'],
    ['v3', 'CURRENT'],
  ])
})
