import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'libsql'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestProxy } from '../../backend-proxy/testing/test-proxy.ts'
import { createKeyring } from '../../backend-proxy/secrets/keyring.ts'
import { open } from '../../backend-proxy/secrets/sealed-secret.ts'
import { projectSchema } from '../../studio/project/schema.ts'
import { stepsIn } from '../../studio/project/walk.ts'
import { openDatabase } from '../../studio/server/database.ts'
import { createProjectStore } from '../../studio/server/project-store.ts'

const written = fileURLToPath(new URL('written-by-0.1', import.meta.url))

/** A copy: opening a database writes to it. */
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lowgate-upgrade-'))
  cpSync(written, folder, { recursive: true })
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('what version 0.1 wrote', () => {
  it('is a proxy’s database whose connections are all there, each with its secret', async () => {
    const proxy = await createTestProxy({
      dataDir: join(folder, 'proxy'),
      localTenants: ['localhost:4500', 'localhost:4501'],
    })
    for (const [environment, domain] of [
      ['preview', 'localhost:4500'],
      ['production', 'localhost:4501'],
    ]) {
      const { status, body } = await proxy.call(
        'GET',
        `/projects/my-site/environments/${environment}/connection`,
      )
      expect([status, body]).toEqual([200, expect.objectContaining({ domain, hasSecret: true, revision: 1 })])
    }
    await proxy.close({ keepData: true })
  })

  it('holds secrets that still open with the key beside them', async () => {
    const keyring = createKeyring([readFileSync(join(folder, 'proxy/encryption.key'), 'utf8').trim()])
    const database = new Database(join(folder, 'proxy/proxy.db'))
    const [row] = database.prepare(`select * from connections where environment = 'preview'`).all() as Record<
      string,
      string
    >[]
    database.close()
    if (!row) throw new Error('There is no preview connection.')
    const { project = '', environment = '', domain = '', m2m_client_id: clientId = '', secret = '' } = row
    const opened = await open(secret, { project, environment, domain, clientId }, keyring)
    expect(opened.reveal()).toBe('local-demo-secret-that-is-worth-nothing-outside-this-machine-Prev')
  })

  it('is a studio’s database whose project and versions can be read and saved', async () => {
    const database = await openDatabase(join(folder, 'studio'))
    const store = createProjectStore(database)
    const saved = await store.read('my-site')
    expect(saved?.project.pages.map(({ name }) => name)).toContain('Management')
    expect(saved && (await store.save(saved.project, saved.revision))).toMatchObject({ outcome: 'saved' })
    for (const version of [1, 2]) expect((await store.readVersion('my-site', version))?.id).toBe('my-site')
    await database.destroy()
  })

  it('is a project file that can be imported, its fields under the names of today', () => {
    const file: unknown = JSON.parse(readFileSync(join(folder, 'my-site.lowgate.json'), 'utf8'))
    const { workflows } = projectSchema.parse(file)
    const steps = workflows.flatMap((workflow) => [...stepsIn(workflow.steps)])
    const login = steps.find(({ action }) => action === 'loginWithRedirect')
    expect(login?.args).toEqual({
      organization: { bind: 'variables.organization' },
      target: { pageId: 'new-page' },
    })
  })
})
