import fc from 'fast-check'
import manifest from 'lowgate/manifest.json'
import { afterAll, beforeAll, expect } from 'vitest'
import type { ManifestAction } from '../../contract/index.ts'
import { readProjectFile } from '../../studio/app/projects/project-file.ts'
import { checkProject } from '../../studio/project/checks/check-project.ts'
import { compareProjects } from '../../studio/project/compare.ts'
import { firstProject } from '../../studio/project/first-project.ts'
import { guardedContent, toPublicSite } from '../../studio/project/public-site.ts'
import { projectSchema, type Project } from '../../studio/project/schema.ts'
import { templates } from '../../studio/project/templates/templates.ts'
import { blocksIn } from '../../studio/project/walk.ts'
import { createTestStudio, type TestStudio } from '../../studio/server/testing/test-studio.ts'
import { valuesOf } from '../../studio/site/blocks/values-of.ts'
import { attack } from './runs.ts'

/** Milliseconds, of one input on a busy machine. */
const patience = 5000

const nested = (depth: number, [open, close]: [string, string]) =>
  JSON.parse(open.repeat(depth) + '1' + close.repeat(depth)) as unknown

const names = fc.oneof(
  fc.constantFrom(
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    'bind',
    'id',
    'length',
    '',
  ),
  fc.constantFrom(
    'type',
    'blocks',
    'then',
    'steps',
    'values',
    'args',
    'href',
    'url',
    'visibleTo',
    'connections',
  ),
  fc.string({ maxLength: 6 }),
)
const texts = fc.oneof(
  fc.constantFrom(
    '</script><script>alert(1)</script>',
    '<!--',
    ']]>',
    '"><img src=x onerror=alert(1)>',
    '&lt;',
    '\u2028',
  ),
  fc.constantFrom(
    'javascript:alert(1)',
    'data:text/html,x',
    '//evil.test',
    'https://evil.test/x',
    '../../../etc/passwd',
  ),
  fc.constantFrom(
    "'self' https://evil.test",
    'a.test; script-src *',
    'evil.test\r\nx: y',
    '*',
    'x'.repeat(100_000),
  ),
  fc.constantFrom(
    '{{ __proto__ }}',
    '{{ auth.constructor.constructor }}',
    '{{'.repeat(5000),
    '{{ a.b[0] }}',
    '$&',
    '\0',
  ),
  fc.constantFrom(
    '/:a/:a',
    '/..',
    '//',
    '/' + 'a/'.repeat(90),
    '/:' + 'a'.repeat(190),
    '/(a+)+$',
    '/%2e%2e',
    '/callback',
  ),
  fc.constantFrom(
    'en',
    'de',
    'home',
    'account',
    'nowhere',
    'everyone',
    'click',
    'page-load',
    'condition',
    'callApi',
  ),
  fc.string({ unit: 'binary', maxLength: 5 }),
)
const values = fc.oneof(
  { weight: 4, arbitrary: texts },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  fc.constantFrom<unknown>(null, true, 0, -1, 1e308, [], {}, 2 ** 53),
  fc
    .tuple(fc.constantFrom(10, 200, 1000), fc.constantFrom<[string, string]>(['[', ']'], ['{"a":', '}']))
    .map((of) => nested(...of)),
  texts.map((bind) => ({ bind })),
  names.map((name): unknown => JSON.parse(`{${JSON.stringify(name)}:{"polluted":"yes"}}`)),
)

type Container = Record<string, unknown>

/** Every object and list of a project, so that a change can be made in any of them. */
function containersOf(value: unknown): Container[] {
  const found: unknown[] = [value]
  for (const each of found)
    if (typeof each === 'object' && each !== null)
      for (const inner of Object.values(each))
        if (typeof inner === 'object' && inner !== null) found.push(inner)
  return found as Container[]
}

const change = fc.record({
  where: fc.nat(10_000),
  key: fc.oneof({ weight: 3, arbitrary: fc.nat(20) }, { weight: 1, arbitrary: names }),
  value: fc.option(values, { freq: 8 }),
})

/** The JSON of a project with a few values replaced, added or taken away; most are refused, and some are not. */
const hostileProject = fc
  .tuple(
    fc.constantFrom(firstProject, ...templates.map(({ create }) => create())),
    fc.array(change, { maxLength: 4 }),
  )
  .map(([project, changes]) => {
    const copy = structuredClone(project) as unknown as Container
    for (const { where, key, value } of changes) {
      const containers = containersOf(copy)
      const container = containers[where % containers.length] ?? copy
      const own = Object.keys(container)
      const name =
        typeof key === 'number' || Array.isArray(container) ? (own[Number(key) % own.length] ?? '0') : key
      if (value === null) Reflect.deleteProperty(container, name)
      // As JSON.parse does: “__proto__” is a name like any other.
      else
        Object.defineProperty(container, name, {
          value: structuredClone(value),
          enumerable: true,
          configurable: true,
          writable: true,
        })
    }
    return JSON.stringify(copy)
  })

function expectUnpolluted() {
  expect(({} as Container).polluted).toBeUndefined()
  expect(Object.keys(Object.prototype)).toEqual([])
}

const isScript = /<script|javascript:|onerror=/i

/** All that the studio and its sites make of a project before a visitor comes. */
function useProject(project: Project): void {
  checkProject(project, { actions: manifest.actions as unknown as ManifestAction[] })
  compareProjects(firstProject, project)
  guardedContent(project)
  for (const block of project.pages.flatMap(({ blocks }) => [...blocksIn(blocks)]))
    for (const language of project.languages) valuesOf(block, language, {})
  const { apiOrigins, tokenOrigins } = toPublicSite(project, { environment: 'production', basePath: '/' })
  // They are in the site's Content Security Policy.
  for (const origin of [...apiOrigins, ...tokenOrigins]) expect(new URL(origin).origin).toBe(origin)
}

attack(
  'a project file is read or refused, and what is read can be checked, compared and shown',
  fc.property(hostileProject, (file) => {
    const started = performance.now()
    const parsed = projectSchema.safeParse(JSON.parse(file))
    if (parsed.success) useProject(parsed.data as Project)
    expect(performance.now() - started).toBeLessThan(patience)
    expectUnpolluted()
  }),
)

const brokenText = fc
  .tuple(
    hostileProject,
    fc.nat(),
    fc.oneof(texts, fc.constantFrom('\uFEFF', '[', '{"a":', '\\u0000', '1e999', '[1,]')),
  )
  .map(([json, at, text]) => {
    const cut = at % json.length
    return json.slice(0, cut) + text + json.slice(cut + (at % 3))
  })

attack(
  'a file that somebody chose is a project, or the reason why it is none',
  fc.asyncProperty(fc.oneof(brokenText, fc.string({ unit: 'binary' }), hostileProject), async (text) => {
    const read = await readProjectFile(new Blob([text]))
    expect('project' in read || read.problem.length > 10).toBe(true)
    expectUnpolluted()
  }),
)

let studio: TestStudio
beforeAll(async () => {
  studio = await createTestStudio()
})
afterAll(() => studio.close())

attack(
  'an import is taken or refused by the server, and what is taken can be previewed',
  fc.asyncProperty(hostileProject, async (project) => {
    const started = performance.now()
    const answer = await studio.api('POST', '/api/projects', `{"project":${project}}`)
    const body = (await answer.json()) as {
      projectId: string
      error_description?: string
      suggestion?: string
    }
    expect([201, 413, 422]).toContain(answer.status)
    if (answer.status !== 201) {
      expect([body.error_description, body.suggestion]).toEqual([expect.any(String), expect.any(String)])
      return
    }
    const { projectId } = body
    try {
      const saved = await studio.api('GET', `/api/projects/${projectId}`)
      expect(saved.status).toBe(200)
      const { sites } = (await saved.json()) as { sites: { preview: { origin: string } } }
      const page = await studio.visit('preview', '/', new URL(sites.preview.origin).host)
      expect(page.status).toBe(200)
      const html = await page.text()
      const [policy = ''] = /http-equiv="Content-Security-Policy" content="[^"]*"/.exec(html) ?? []
      expect(policy).toContain('script-src')
      expect(policy).not.toMatch(/script-src[^;]*(\*|evil|unsafe)/)
      // Nothing of the project is markup: what is in quotes is an attribute of ours or JSON.
      const markup = html
        .replace(/(?<=<script type="application\/json" id="site">)[^<]*/, '')
        .replace(/<title>[^<]*/, '')
      expect(markup.match(/<script/g)).toHaveLength(html.includes('var ') ? 3 : 2)
      expect(markup.replaceAll('<script', '')).not.toMatch(isScript)
    } finally {
      await studio.store.remove(projectId)
    }
    expect(performance.now() - started).toBeLessThan(patience)
    expectUnpolluted()
  }),
)

attack(
  'a body that is not a project, or not JSON, is refused in words',
  fc.asyncProperty(
    fc.oneof(
      brokenText,
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.constantFrom('['.repeat(100_000), '{"project":'.repeat(10_000)),
    ),
    fc.constantFrom(
      ['POST', '/api/projects'],
      ['PUT', '/api/projects/my-site'],
      ['PUT', '/api/projects/my-site/live'],
    ),
    async (text, [method = '', path = '']) => {
      const answer = await studio.api(method, path, text)
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(answer.status).toBeLessThan(500)
      expect(await answer.json()).toMatchObject({
        error: expect.any(String),
        error_description: expect.any(String),
      })
      expectUnpolluted()
    },
  ),
)
