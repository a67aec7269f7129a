import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { firstProject } from '../project/first-project.ts'
import { createTestStudio, type TestStudio } from './testing/test-studio.ts'

let studio: TestStudio
beforeAll(async () => {
  studio = await createTestStudio()
})
afterAll(() => studio.close())

describe('who may call the studio', () => {
  it.each([
    ['a request without the editor’s header', { 'x-lowgate': '' }],
    ['another site', { origin: 'http://evil.test' }],
    ['the preview site on this machine', { origin: 'http://localhost:5004' }],
    ['a look-alike origin', { origin: 'http://localhost:5000.evil.test' }],
    ['an opaque origin', { origin: 'null' }],
    ['a page of the same site on another port', { 'sec-fetch-site': 'same-site' }],
  ])('refuses %s', async (_, headers) => {
    expect((await studio.api('GET', '/api/projects/my-site', undefined, headers)).status).toBe(403)
  })

  it('refuses a rebound DNS name, on pages and on the API', async () => {
    expect((await studio.api('GET', '/', undefined, { host: 'evil.test' })).status).toBe(421)
    expect(
      (await studio.api('GET', '/api/projects', undefined, { host: 'localhost.evil.test' })).status,
    ).toBe(421)
  })

  it('lets its own page through', async () => {
    const headers = { origin: 'http://localhost:5000', 'sec-fetch-site': 'same-origin' }
    expect((await studio.api('GET', '/api/projects/my-site', undefined, headers)).status).toBe(200)
  })

  it('allows no inline script on its pages', async () => {
    const policy = (await studio.api('GET', '/projects/my-site/pages')).headers.get('content-security-policy')
    expect(policy).toContain(`script-src 'self'`)
    expect(policy).toContain(`frame-ancestors 'none'`)
  })

  it('loads no picture from another host, which would learn who opens an imported project', async () => {
    const policy = (await studio.api('GET', '/projects/my-site/pages')).headers.get('content-security-policy')
    expect(policy).toContain(`img-src 'self' data:;`)
  })
})

describe('saving a project', () => {
  it('answers the second of two saves of one revision with the first one’s version', async () => {
    const { project, revision } = await (await studio.api('GET', '/api/projects/my-site')).json()
    const first = await studio.save({ ...project, name: 'First' }, revision)
    expect(first.status).toBe(200)
    const second = await studio.save({ ...project, name: 'Second' }, revision)
    expect(second.status).toBe(409)
    expect((await second.json()).saved.project.name).toBe('First')
    const now = await (await studio.api('GET', '/api/projects/my-site')).json()
    expect(now).toMatchObject({ revision: revision + 1, project: { name: 'First' } })
  })

  it('refuses a value that is not a project and keeps what is saved', async () => {
    const before = await (await studio.api('GET', '/api/projects/my-site')).json()
    const body = { project: { ...firstProject, pages: [] }, revision: before.revision }
    expect((await studio.api('PUT', '/api/projects/my-site', body)).status).toBe(422)
    expect(await (await studio.api('GET', '/api/projects/my-site')).json()).toEqual(before)
  })

  it('refuses to save one project over another', async () => {
    const body = { project: firstProject, revision: 1 }
    expect((await studio.api('PUT', '/api/projects/other', body)).status).toBe(422)
  })

  it('answers 404 for a project that does not exist', async () => {
    expect((await studio.api('GET', '/api/projects/none')).status).toBe(404)
  })
})

describe('projects beside the first one', () => {
  it('gives an import an id of its own, and an origin with it', async () => {
    const created = await studio.api('POST', '/api/projects', {
      project: { ...firstProject, name: 'My site' },
    })
    expect(created.status).toBe(201)
    const { projectId } = await created.json()
    expect(projectId).toBe('my-site2')
    const { sites } = await (await studio.api('GET', `/api/projects/${projectId}`)).json()
    expect(sites).toEqual({
      preview: { origin: 'http://my-site2.localhost:5004', basePath: '/' },
      production: { origin: 'http://my-site2.localhost:5005', basePath: '/' },
    })
    const answer = await studio.visit('preview', '/dashboard', 'my-site2.localhost:5004')
    expect(await answer.text()).toContain('"projectId":"my-site2"')
  })

  it('gives no later project the origin of a deleted one, where browsers keep what that one stored', async () => {
    const create = async () => {
      const answer = await studio.api('POST', '/api/projects', { project: { ...firstProject, name: 'Gone' } })
      return (await answer.json()).projectId
    }
    const gone = await create()
    await studio.store.remove(gone)
    expect(await create()).toBe('gone2')
    await studio.store.remove('gone2')
    expect(await create()).toBe('gone3')
  })

  it('makes ids that can be the name of a host', async () => {
    const project = { ...firstProject, name: `${'x'.repeat(47)} and more` }
    const { projectId } = await (await studio.api('POST', '/api/projects', { project })).json()
    expect(projectId).toBe('x'.repeat(47))
    const named = { ...firstProject, id: 'ends-with-' }
    expect((await studio.api('POST', '/api/projects', { project: named })).status).toBe(422)
  })

  it('keeps each of several imports of one name that come at once', async () => {
    const create = async () =>
      (await studio.api('POST', '/api/projects', { project: { ...firstProject, name: 'Twins' } })).json()
    const made = await Promise.all(Array.from({ length: 5 }, create))
    expect(new Set(made.map(({ projectId }) => projectId)).size).toBe(5)
  })

  it('says why it refuses more than it takes', async () => {
    const answer = await studio.api('POST', '/api/projects', { project: 'x'.repeat(5_000_000) })
    expect(answer.status).toBe(413)
    expect((await answer.json()).suggestion).toContain('4 MB')
  })

  describe('refuses in words what is nested too deeply:', () => {
    const around = (depth: number, inner: unknown, wrap: (inner: unknown, at: number) => unknown) =>
      Array.from({ length: depth }).reduce((inside, _, at) => wrap(inside, at), inner)
    const condition = (blocks: unknown, at: number) => [
      { id: `b${at}`, type: 'condition', values: { visibleTo: 'everyone' }, blocks },
    ]
    const branch = (then: unknown, at: number) => [{ id: `s${at}`, action: 'branch', args: {}, then }]
    const heading = (text: unknown) => [{ id: 'h', type: 'heading', values: { text } }]
    const onPage = (blocks: unknown) => ({ pages: [{ ...firstProject.pages[0], blocks }], workflows: [] })

    it.each([
      ['blocks', (depth: number) => onPage(around(depth, [], condition))],
      [
        'steps',
        (depth: number) => ({
          workflows: [
            { id: 'w', trigger: { type: 'session', event: 'login' }, steps: around(depth, [], branch) },
          ],
        }),
      ],
      ['the lists of a value', (depth: number) => onPage(heading(around(depth, 0, (inner) => [inner])))],
      ['the objects of a value', (depth: number) => onPage(heading(around(depth, 0, (a) => ({ a }))))],
      ['what is not part of a project', (depth: number) => ({ more: around(depth, 0, (inner) => [inner]) })],
    ])('%s', async (_, changeOf) => {
      for (const depth of [1000, 2000]) {
        const project = { ...firstProject, ...changeOf(depth) }
        for (const answer of [
          await studio.api('POST', '/api/projects', { project }),
          await studio.api('PUT', `/api/projects/${firstProject.id}`, { project, revision: 1 }),
        ]) {
          expect(answer.status).toBe(422)
          expect((await answer.json()).suggestion).toContain('nested too deeply')
        }
      }
    })

    it('and takes forty containers inside each other', async () => {
      const project = { ...firstProject, name: 'Deep', ...onPage(around(40, [], condition)) }
      expect((await studio.api('POST', '/api/projects', { project })).status).toBe(201)
    })
  })

  it('takes in a project of 75,000 blocks', { timeout: 60_000 }, async () => {
    const blocks = (page: number) =>
      Array.from({ length: 500 }, (_, at) => ({ id: `b${page}-${at}`, type: 'text', values: {} }))
    const pages = Array.from({ length: 150 }, (_, page) => ({
      ...firstProject.pages[0],
      id: page ? `p${page}` : firstProject.homePageId,
      path: `/p${page}`,
      blocks: blocks(page),
    }))
    const project = { ...firstProject, name: 'Wide', pages, workflows: [] }
    expect((await studio.api('POST', '/api/projects', { project })).status).toBe(201)
  })

  it('names the first of a hundred thousand faults, not all of them', async () => {
    const keys = Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`key${at}`, 0]))
    const answer = await studio.api('POST', '/api/projects', { project: { ...firstProject, ...keys } })
    expect(answer.status).toBe(422)
    const text = await answer.text()
    expect(text).toContain('key0')
    expect(text.length).toBeLessThan(3000)
  })

  it('refuses a file that is not a project', async () => {
    const answer = await studio.api('POST', '/api/projects', { project: { name: 'x' } })
    expect(answer.status).toBe(422)
    expect((await answer.json()).suggestion).toContain('pages')
  })
})
