import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { firstProject } from '../project/first-project.ts'
import type { Project } from '../project/schema.ts'
import { createEntryLink } from './entry-link.ts'
import { listen, type Listening } from './listen.ts'
import { createTestStudio, type TestStudio } from './testing/test-studio.ts'

const production = { domain: 'acme.eu.auth0.com', clientId: 'spa' }
const finding = {
  code: 'callback-missing',
  severity: 'error',
  title: 'The callback is not allowed.',
  why: 'No login comes back.',
  where: 'Auth0 › Applications',
  owner: 'builder',
  value: 'http://my-site.localhost:5005/callback',
}

/** Its dashboard asks for a group that does not exist. */
const broken: Project = {
  ...firstProject,
  pages: firstProject.pages.map((page) =>
    page.id === 'dashboard' ? { ...page, access: { groups: ['gone'] } } : page,
  ),
}
const errors = ['group-missing:dashboard', 'no-roles-claim:dashboard']

let proxy: Server
let findings: object[]
let roles: string[]
let isTenantDown: boolean
/** What happens while the tenant is asked. */
let meanwhile: (() => Promise<void>) | undefined
let asked: { path: string; body: Record<string, unknown> }[]
let studio: TestStudio
let server: Listening
let revision: number

beforeAll(async () => {
  proxy = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += String(chunk)
    const path = request.url?.replace(/^\/projects\/my-site/, '') ?? ''
    asked.push({ path, body: text ? JSON.parse(text) : {} })
    const answers: Record<string, object> = {
      '/connections': { connections: [] },
      '/environments/production/health-check': { findings, checks: [], checkedAt: new Date().toISOString() },
      '/environments/production/lists/roles': {
        items: roles.map((label) => ({ value: label, label })),
        next: null,
      },
    }
    if (path.endsWith('/health-check')) await meanwhile?.()
    response.writeHead(isTenantDown ? 502 : 200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(isTenantDown ? {} : answers[path]))
  }).listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  studio = await createTestStudio({ proxyUrl: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` })
  server = await listen(studio.apps.studio, '127.0.0.1', 0)
  revision = 1
})
beforeEach(() => {
  findings = []
  roles = []
  asked = []
  isTenantDown = false
  meanwhile = undefined
})
afterAll(async () => {
  await server.close()
  await studio.close()
  proxy.close()
})

/** Calls the studio over real HTTP. */
async function call(method: string, path: string, body: unknown) {
  const host = `127.0.0.1:${server.port}`
  const link = new URL(createEntryLink(studio.folder, `http://${host}`))
  const entered = await fetch(link, { redirect: 'manual' })
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? ''
  const answer = await fetch(`http://${host}/api/projects/my-site${path}`, {
    method,
    headers: { cookie, 'x-lowgate': 'editor', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const lines = (await answer.text()).trim().split('\n')
  return { status: answer.status, last: JSON.parse(lines.at(-1) ?? '') }
}

async function save(project: Project) {
  const { status, last } = await call('PUT', '', { project, revision })
  expect(status).toBe(200)
  revision = last.revision
}
const publish = (overruled: string[] = [], of = revision) =>
  call('POST', '/publish', { revision: of, overruled })
const idsOf = ({ last }: Awaited<ReturnType<typeof publish>>) =>
  last.objections.map(({ id }: { id: string }) => id)
const nothingIsLive = async () => expect(await studio.store.liveVersion('my-site')).toBeNull()

it('refuses a draft with open errors, and names each with its cure', async () => {
  await save(broken)
  const refused = await publish()
  expect(refused.status).toBe(409)
  expect(refused.last.error).toBe('open_problems')
  expect(idsOf(refused)).toEqual(errors)
  expect(refused.last.objections[0]).toEqual({
    id: 'group-missing:dashboard',
    title: '“Dashboard” asks for a user group that was deleted.',
    cure: 'Choose another group.',
  })
  await nothingIsLive()
})

it('is not persuaded by the name of another problem, nor by a title', async () => {
  for (const overruled of [
    ['group-missing:account'],
    ['“Dashboard” asks for a user group that was deleted.'],
    ['*', 'group-missing', 'group-missing:'],
  ])
    expect(idsOf(await publish(overruled))).toEqual(errors)
  expect(idsOf(await publish(errors.slice(0, 1)))).toEqual(errors.slice(1))
  await nothingIsLive()
})

it('publishes once each is overruled by name, and notes which', async () => {
  const published = await publish([...errors, 'of-no-problem'])
  expect(published).toMatchObject({ status: 200, last: { version: 1 } })
  const [version] = await studio.store.listVersions('my-site')
  expect(version?.overruled).toHaveLength(2)
  expect(version?.overruled[0]).toBe('“Dashboard” asks for a user group that was deleted.')
})

it('publishes no draft that changed between its check and the publish', async () => {
  const checked = revision
  await save({ ...broken, name: 'Changed' })
  const refused = await publish(errors, checked)
  expect(refused).toMatchObject({ status: 409, last: { error: 'changed_meanwhile' } })
  expect(await studio.store.liveVersion('my-site')).toBe(1)
})

it('asks the tenant itself, with what the production site will send', async () => {
  await save({ ...firstProject, settings: { connections: { production } } })
  findings = [finding, { ...finding, code: 'worth-knowing', severity: 'warning' }]
  const id = `callback-missing ${finding.value}`
  expect(idsOf(await publish())).toEqual([id])
  const check = asked.find(({ path }) => path.endsWith('/health-check'))
  expect(check?.body).toMatchObject({ use: { sites: [{ callback: finding.value }] } })
  expect(await publish([id])).toMatchObject({ status: 200, last: { version: 2 } })
})

it('says that a tenant could not be checked, and publishes past that only when it is overruled', async () => {
  isTenantDown = true
  const refused = await publish()
  expect(refused.last.objections).toEqual([{ id: 'not-checked', title: 'The tenant could not be checked.' }])
  expect(await publish(['not-checked'])).toMatchObject({ status: 200, last: { version: 3 } })
})

it('compares the roles that groups ask for with those of the production tenant', async () => {
  roles = ['editor']
  const group = (role: string) => ({ id: role, name: role, roles: [role] })
  await save({
    ...firstProject,
    userGroups: [group('editor'), group('director')],
    settings: { connections: { production } },
  })
  expect(idsOf(await publish())).toEqual(['role-missing:director:director'])
})

it('publishes no draft that changed while the tenant was asked, so that an older one never replaces a newer one', async () => {
  const live = await studio.store.liveVersion('my-site')
  const draft: Project = { ...firstProject, settings: { connections: { production } } }
  await save(draft)
  const older = revision
  meanwhile = () => save({ ...draft, name: 'Newer' })
  const refused = await publish([], older)
  expect(refused).toMatchObject({ status: 409, last: { error: 'changed_meanwhile' } })
  expect(await studio.store.liveVersion('my-site')).toBe(live)
})
