import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { requestToken } from '../../conformance/probes.ts'
import { startLocalTenant } from '../../start-local-tenant.ts'
import { readSeed } from './read-seed.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seed-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function write(name: string, content: string): Promise<string> {
  const file = join(folder, name)
  await writeFile(file, content)
  return file
}

test('reads JSON and keeps fields that it does not know', async () => {
  const file = await write('seed.json', '{"clients":[{"client_id":"a","name":"A","jwks":1}]}')
  expect(await readSeed(file)).toEqual({ clients: [{ client_id: 'a', name: 'A', jwks: 1 }] })
})

test('takes null, which Auth0 shows for what is not set, as absent', async () => {
  const client = { client_id: 'a', name: 'A', initiate_login_uri: null, refresh_token: { leeway: null } }
  const file = await write('nulls.json', JSON.stringify({ clients: [client] }))
  expect(await readSeed(file)).toEqual({ clients: [{ client_id: 'a', name: 'A', refresh_token: {} }] })
})

test('reads the default export of a module', async () => {
  const file = await write('seed.mjs', 'export default { clients: [{ client_id: "a", name: "A" }] }')
  expect((await readSeed(file)).clients[0]?.name).toBe('A')
})

test('names each entry that does not fit', async () => {
  const file = await write(
    'bad.json',
    '{"clients":[{"client_id":"a","name":"A","callbacks":"x"}],"client":[]}',
  )
  await expect(readSeed(file)).rejects.toThrow(/callbacks[\s\S]*|client/)
  await expect(readSeed(file)).rejects.toThrow('clients[0].callbacks')
})

test('says when a file is not JSON', async () => {
  await expect(readSeed(await write('broken.json', '{'))).rejects.toThrow('is not JSON')
})

test('says what is missing, and where', async () => {
  await expect(readSeed(await write('missing.json', '{"clients":[{"client_id":"a"}]}'))).rejects.toThrow(
    /Missing: add it, of the type string\s+→ at clients\[0\]\.name/,
  )
  await expect(readSeed(join(folder, 'nowhere.json'))).rejects.toThrow('Check the path after --seed')
})

const site = { client_id: 'site', name: 'Site' }
test.each([
  [{ client_grants: [{ client_id: 'x', audience: 'management', scope: [] }] }, 'client_grants[0].client_id'],
  [{ client_grants: [{ client_id: 'site', audience: 'https://x', scope: [] }] }, 'client_grants[0].audience'],
  [{ users: [{ user_id: 'u', email: 'u@x.example', roles: ['Boss'] }] }, 'users[0].roles[0]'],
  [{ users: [{ user_id: 'u', email: 'u@x.example', connection: 'x' }] }, 'users[0].connection'],
  [{ users: [{ user_id: 'u', email: 'u@x.example', password: 'x' }] }, 'connections: users have passwords'],
  [{ organizations: [{ id: 'o', name: 'o', members: [{ user_id: 'u' }] }] }, 'members[0].user_id'],
  [
    { organizations: [{ id: 'o', name: 'o', enabled_connections: [{ connection_id: 'c' }] }] },
    'connection_id',
  ],
  [{ organizations: ['o', 'p'].map((id) => ({ id, name: 'acme' })) }, 'organizations[1]: a second'],
  [{ clients: [site, { ...site, name: 'Other' }] }, 'clients[1]: a second application "site"'],
  [{ clients: [{ ...site, jwt_configuration: { alg: 'HS256' } }] }, 'clients[0].client_secret'],
  [{ tenant: { default_audience: 'https://x' } }, 'tenant.default_audience'],
])('refuses a seed that contradicts itself: %j', async (part, place) => {
  const file = await write('contradiction.json', JSON.stringify({ clients: [site], ...part }))
  await expect(readSeed(file)).rejects.toThrow(place)
})

test('takes what was read from a tenant, its Management API and integrations included', async () => {
  const audience = 'https://acme.eu.auth0.com/api/v2/'
  const machine = {
    client_id: 'machine',
    name: 'Machine',
    app_type: 'non_interactive',
    client_secret: 'local',
  }
  const file = await write(
    'pasted.json',
    JSON.stringify({
      clients: [machine, { client_id: 'crm', name: 'CRM', app_type: 'salesforce' }],
      resource_servers: [
        { id: 'system', identifier: audience, name: 'Auth0 Management API', is_system: true },
      ],
      client_grants: [{ client_id: 'machine', audience, scope: ['read:resource_servers'] }],
    }),
  )
  const tenant = await startLocalTenant(await readSeed(file), { port: 0 })
  const answer = await requestToken({ url: tenant.url, clientId: 'machine', clientSecret: 'local' })
  const { access_token } = (await answer.json()) as { access_token: string }
  const servers = await fetch(`${tenant.url}/api/v2/resource-servers`, {
    headers: { authorization: `Bearer ${access_token}` },
  })
  expect(await servers.json()).toMatchObject([{ identifier: `https://${tenant.domain}/api/v2/` }])
  await tenant.close()
})

test('takes users who have only a phone number, and shows no address of theirs', async () => {
  const database = { id: 'con_1', name: 'db', strategy: 'auth0' }
  const machine = {
    client_id: 'machine',
    name: 'Machine',
    app_type: 'non_interactive',
    client_secret: 'local',
  }
  const grant = { client_id: 'machine', audience: 'management', scope: ['read:users'] }
  const users = [
    { user_id: 'auth0|1', phone_number: '+15550001111', phone_verified: true },
    { user_id: 'auth0|2', phone_number: '+15550002222', email: null },
  ]
  const seed = { clients: [machine], client_grants: [grant], connections: [database], users }
  const tenant = await startLocalTenant(await readSeed(await write('phones.json', JSON.stringify(seed))), {
    port: 0,
  })
  const answer = await requestToken({ url: tenant.url, clientId: 'machine', clientSecret: 'local' })
  const { access_token } = (await answer.json()) as { access_token: string }
  const headers = { authorization: `Bearer ${access_token}` }
  const shown = (await (await fetch(`${tenant.url}/api/v2/users`, { headers })).json()) as object[]
  await tenant.close()
  expect(shown).toMatchObject([{ phone_number: '+15550001111' }, { phone_number: '+15550002222' }])
  for (const user of shown) expect(user).not.toHaveProperty('email')
})

test('reads the example of the documentation', async () => {
  const page = await readFile(new URL('../../../docs/local-tenant.md', import.meta.url), 'utf8')
  const example = /```json\n(.*?)```/s.exec(page)?.[1] ?? ''
  expect((await readSeed(await write('example.json', example))).clients).toHaveLength(2)
})
