import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { firstProject } from '../project/first-project.ts'
import { createTestStudio, type TestStudio } from './test-studio.ts'

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

  it('refuses a value that is no project and keeps what is saved', async () => {
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
  it('gives an import an id of its own and a base path of its own', async () => {
    const created = await studio.api('POST', '/api/projects', {
      project: { ...firstProject, name: 'My site' },
    })
    expect(created.status).toBe(201)
    const { projectId } = await created.json()
    expect(projectId).toBe('my-site2')
    expect(
      (await (await studio.api('GET', `/api/projects/${projectId}`)).json()).sites.preview.basePath,
    ).toBe('/~my-site2/')
    expect((await studio.visit('preview', '/~my-site2/dashboard')).status).toBe(200)
    expect((await studio.visit('preview', '/~my-site9/dashboard')).status).toBe(404)
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

  it('answers in words where a project is nested too deeply to be read', async () => {
    let blocks: unknown[] = []
    for (let depth = 0; depth < 1500; depth += 1)
      blocks = [{ id: `b${depth}`, type: 'condition', values: { visibleTo: 'everyone' }, blocks }]
    const pages = [{ ...firstProject.pages[0], blocks }]
    const answer = await studio.api('POST', '/api/projects', { project: { ...firstProject, pages } })
    expect((await answer.json()).message).toEqual(expect.any(String))
  })

  it('refuses a file that is no project', async () => {
    const answer = await studio.api('POST', '/api/projects', { project: { name: 'x' } })
    expect(answer.status).toBe(422)
    expect((await answer.json()).suggestion).toContain('pages')
  })
})
