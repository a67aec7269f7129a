import { chmodSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import Database from 'libsql'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ConfigError } from '../config.ts'
import { databases, type TestDatabase } from '../testing/databases.ts'
import { makeDataDir } from '../testing/test-proxy.ts'
import { createConnectionStore, type ConnectionStore } from './connections.ts'
import { isStorageFull, openStorage, type Storage } from './database.ts'
import type { ConnectionRow } from './schema.ts'
import { keepFirst } from './settings.ts'

const row = (changes: Partial<ConnectionRow> = {}): ConnectionRow => ({
  project: 'shop',
  environment: 'preview',
  revision: 1,
  domain: 't.auth0.com',
  m2m_client_id: 'm2m',
  secret: 'sealed',
  key_id: 'k1',
  client_id: null,
  audience: null,
  organization: null,
  custom_domain: null,
  updated_at: '2026-11-21T00:00:00.000Z',
  ...changes,
})

const postgres = databases.find(({ name }) => name.startsWith('PostgreSQL'))

for (const { name, skip, create } of databases)
  describe.skipIf(skip)(`connections on ${name}`, () => {
    let database: TestDatabase
    let dataDir: string
    let storage: Storage
    let store: ConnectionStore

    beforeEach(async () => {
      dataDir = makeDataDir()
      database = await create()
      storage = await openStorage({ dataDir, ...database.config })
      store = createConnectionStore(storage.db)
    })

    afterEach(async () => {
      await storage.close()
      await database.drop()
      rmSync(dataDir, { recursive: true })
    })

    it('are kept one per project and environment', async () => {
      for (const [project, environment] of [
        ['shop', 'preview'],
        ['shop', 'production'],
        ['blog', 'preview'],
      ] as const)
        expect(await store.save(row({ project, environment }))).toBe(true)
      expect((await store.list('shop')).map(({ environment }) => environment)).toEqual([
        'preview',
        'production',
      ])
      expect(await store.find({ project: 'blog', environment: 'preview' })).toEqual(row({ project: 'blog' }))
      expect(await store.remove({ project: 'blog', environment: 'preview' })).toBe(true)
      expect(await store.remove({ project: 'blog', environment: 'preview' })).toBe(false)
      expect(await store.list('shop')).toHaveLength(2)
    })

    it('are written over the revision that was read, and over no other', async () => {
      await store.save(row())
      expect(await store.save(row({ domain: 'other.auth0.com' }))).toBe(false)
      expect(await store.save(row({ revision: 3, domain: 'other.auth0.com' }))).toBe(false)
      expect(await store.find(row())).toEqual(row())
      expect(await store.save(row({ revision: 2, domain: 'other.auth0.com' }))).toBe(true)
      expect(await store.find(row())).toMatchObject({ revision: 2, domain: 'other.auth0.com' })
    })

    it('take one of many saves of the same revision', async () => {
      for (const revision of [1, 2, 3]) {
        const saves = Array.from({ length: 10 }, (_, index) =>
          store.save(row({ revision, audience: String(index) })),
        )
        expect((await Promise.all(saves)).filter(Boolean)).toHaveLength(1)
      }
    })

    it('are still there when the database is opened again, and migrations run once', async () => {
      await store.save(row())
      await storage.close()
      storage = await openStorage({ dataDir, ...database.config })
      expect(await createConnectionStore(storage.db).find(row())).toEqual(row())
    })

    it('hand over the rows of older keys page by page', async () => {
      for (let index = 0; index < 120; index += 1)
        await store.save(row({ project: `p${String(index)}`, key_id: index === 7 ? 'k2' : 'k1' }))
      const first = await store.notEncryptedWith('k2')
      const rest = await store.notEncryptedWith('k2', first.at(-1))
      expect(new Set([...first, ...rest].map(({ project }) => project)).size).toBe(119)
      expect((await store.keyIds()).sort()).toEqual(['k1', 'k2'])
    })

    it('that were changed by hand to something impossible count as absent until they are saved again', async () => {
      const ignored: unknown[] = []
      const watched = createConnectionStore(storage.db, ({ project, environment }, values) =>
        ignored.push([project, environment, values]),
      )
      await store.save(row())
      await store.save(row({ environment: 'production' }))
      await sql`update connections set revision = -1 where environment = 'preview'`.execute(storage.db)
      expect(await watched.find(row())).toBe(undefined)
      expect((await watched.list('shop')).map(({ environment }) => environment)).toEqual(['production'])
      expect(ignored).toContainEqual(['shop', 'preview', ['revision']])

      const saves = ['a', 'b', 'c'].map((secret) => watched.save(row({ secret })))
      expect((await Promise.all(saves)).filter(Boolean)).toHaveLength(1)
      expect(await watched.list('shop')).toHaveLength(2)
      await sql`update connections set updated_at = 'yesterday' where environment = 'preview'`.execute(
        storage.db,
      )
      expect(await watched.remove(row())).toBe(true)
    })

    it('keep a setting that was there first', async () => {
      const results = await Promise.all(['a', 'b', 'c'].map((value) => keepFirst(storage.db, 'x', value)))
      expect(results.filter(({ created }) => created)).toHaveLength(1)
      expect(new Set(results.map(({ value }) => value)).size).toBe(1)
    })
  })

describe.skipIf(postgres?.skip)('a PostgreSQL server', () => {
  it('may serve several proxies, each in a schema of its own', async () => {
    const dataDir = makeDataDir()
    const schemas = [await postgres?.create(), await postgres?.create()]
    for (const [index, schema] of schemas.entries()) {
      const storage = await openStorage({ dataDir, ...schema?.config })
      const store = createConnectionStore(storage.db)
      expect(await store.find(row())).toBe(undefined)
      await store.save(row({ audience: String(index) }))
      await storage.close()
    }
    for (const schema of schemas) await schema?.drop()
    rmSync(dataDir, { recursive: true })
  })
})

describe('a database that cannot be opened', () => {
  it.each([
    ['DATA_DIR', { dataDir: '/dev/null/lowgate' }],
    ['DATABASE_URL', { dataDir: '.', databaseUrl: 'postgres://user:CANARY@127.0.0.1:1/lowgate' }],
    ['DATABASE_URL', { dataDir: '.', databaseUrl: 'postgres://user:CANARY@host:port/lowgate' }],
  ])('is told by its setting, %s, without a password', async (setting, options) => {
    const error: unknown = await openStorage(options).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ConfigError)
    expect(String(error)).toMatch(new RegExp(`^ConfigError: ${setting} names .*\\(.+\\)`))
    expect(String(error)).not.toContain('CANARY')
  })
})

describe('the embedded database', () => {
  it('refuses a second proxy with the reason and the cure', async () => {
    const dataDir = makeDataDir()
    const first = await openStorage({ dataDir })
    const second = openStorage({ dataDir })
    await expect(second).rejects.toThrow(ConfigError)
    await expect(second).rejects.toThrow(/already uses .*DATA_DIR.*DATABASE_URL/)
    await first.close()
    await (await openStorage({ dataDir })).close()
    rmSync(dataDir, { recursive: true })
  })

  it('lets nobody else read its files, in a folder that was there before and was open to all', async () => {
    const dataDir = makeDataDir()
    chmodSync(dataDir, 0o755)
    // As an earlier version, or one that was killed, left them.
    for (const name of ['proxy.db', 'proxy.db-wal', 'proxy.db-shm'])
      writeFileSync(join(dataDir, name), '', { mode: 0o644 })
    const storage = await openStorage({ dataDir })
    await createConnectionStore(storage.db).save(row())
    const modes = readdirSync(dataDir).map((name) => [name, statSync(join(dataDir, name)).mode & 0o777])
    expect(modes.map(([name]) => name)).toContain('proxy.db-wal')
    expect(modes.filter(([, mode]) => mode !== 0o600)).toEqual([])
    await storage.close()
    rmSync(dataDir, { recursive: true })
  })

  it('may be read for a backup while the proxy runs', async () => {
    const dataDir = makeDataDir()
    const storage = await openStorage({ dataDir })
    await createConnectionStore(storage.db).save(row())
    const reader = new Database(join(dataDir, 'proxy.db'), { readonly: true })
    expect(reader.prepare('select count(*) as count from connections').get()).toMatchObject({ count: 1 })
    reader.close()
    await storage.close()
    rmSync(dataDir, { recursive: true })
  })

  it('keeps the old value when the disk is full', async () => {
    const dataDir = makeDataDir()
    const storage = await openStorage({ dataDir })
    const store = createConnectionStore(storage.db)
    await store.save(row())
    await sql`pragma max_page_count = 1`.execute(storage.db)
    const error: unknown = await store
      .save(row({ revision: 2, secret: 'x'.repeat(1_000_000) }))
      .catch((thrown: unknown) => thrown)
    expect(isStorageFull(error)).toBe(true)
    expect(await store.find(row())).toEqual(row())
    await storage.close()
    rmSync(dataDir, { recursive: true })
  })
})
