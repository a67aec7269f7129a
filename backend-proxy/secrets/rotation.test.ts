import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createConnectionStore, type ConnectionStore } from '../storage/connections.ts'
import { openStorage, type Storage } from '../storage/database.ts'
import type { ConnectionRow } from '../storage/schema.ts'
import { makeDataDir } from '../testing/test-proxy.ts'
import { createKeyring, type Keyring } from './keyring.ts'
import { reencrypt, toContext } from './rotation.ts'
import { open, seal } from './sealed-secret.ts'

const makeKey = () => randomBytes(32).toString('base64')
const [oldKey, newKey] = [makeKey(), makeKey()]

let rotated: Keyring
let dataDir: string
let storage: Storage
let store: ConnectionStore

beforeEach(async () => {
  rotated = createKeyring([newKey, oldKey])
  dataDir = makeDataDir()
  storage = await openStorage({ dataDir })
  store = createConnectionStore(storage.db)
})
afterEach(async () => {
  await storage.close()
  rmSync(dataDir, { recursive: true })
})

/** Saves a connection whose secret, its project's name, is encrypted with `key`. */
async function save(project: string, key: string): Promise<ConnectionRow> {
  const row = {
    ...{ project, environment: 'preview', revision: 1, domain: 't.auth0.com', m2m_client_id: 'm2m' },
    ...{ secret: '', key_id: '', client_id: null, audience: null, organization: null, custom_domain: null },
    updated_at: '2026-11-21T00:00:00.000Z',
  }
  const { secret, keyId } = await seal(project, toContext(row), createKeyring([key]))
  const saved = { ...row, secret, key_id: keyId }
  await store.save(saved)
  return saved
}

const find = async (project: string) =>
  (await store.find({ project, environment: 'preview' })) as ConnectionRow

it('encrypts what an older key encrypted, and goes on after a row that no key opens', async () => {
  await save('a', oldKey)
  const lost = await save('b', makeKey())
  await save('c', oldKey)
  const current = await save('d', newKey)

  expect(await reencrypt(store, rotated)).toEqual({ renewed: 2, unreadable: 1 })

  const withoutOldKey = createKeyring([newKey])
  for (const project of ['a', 'c']) {
    const row = await find(project)
    expect((await open(row.secret, toContext(row), withoutOldKey)).reveal()).toBe(project)
  }
  expect(await find('b')).toEqual(lost)
  expect(await find('d')).toEqual(current)
})

it('stops in the middle when it is told to, and keeps what is done', async () => {
  await save('a', oldKey)
  const left = await save('b', oldKey)
  const stop = new AbortController()
  const watched: ConnectionStore = {
    ...store,
    replaceSecret(...args) {
      stop.abort()
      return store.replaceSecret(...args)
    },
  }
  expect(await reencrypt(watched, rotated, stop.signal)).toEqual({ renewed: 1, unreadable: 0 })
  expect((await find('a')).key_id).toBe(rotated.current.id)
  expect(await find('b')).toEqual(left)
})

it('binds a secret to project, environment, domain and client ID', async () => {
  const row = await save('a', oldKey)
  expect(toContext(row)).toEqual({
    project: 'a',
    environment: 'preview',
    domain: 't.auth0.com',
    clientId: 'm2m',
  })
})

it('goes on to the last page, and asks for each row once', async () => {
  for (const project of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) await save(project, makeKey())
  const inPages: ConnectionStore = {
    ...store,
    notEncryptedWith: async (...args) => (await store.notEncryptedWith(...args)).slice(0, 3),
  }
  expect(await reencrypt(inPages, rotated)).toEqual({ renewed: 0, unreadable: 7 })
})

it('counts nothing twice when it runs again', async () => {
  await save('a', oldKey)
  await save('b', makeKey())
  await reencrypt(store, rotated)
  expect(await reencrypt(store, rotated)).toEqual({ renewed: 0, unreadable: 1 })
})

it('stops before the next row when it is told to', async () => {
  const before = await save('a', oldKey)
  expect(await reencrypt(store, rotated, AbortSignal.abort())).toEqual({ renewed: 0, unreadable: 0 })
  expect(await find('a')).toEqual(before)
})

it('hides no failure of the database as an unreadable row', async () => {
  await save('a', oldKey)
  const broken = { ...store, replaceSecret: () => Promise.reject(new Error('disk full')) }
  await expect(reencrypt(broken, rotated)).rejects.toThrow('disk full')
})
