import { describe, expect, it } from 'vitest'
import { firstProject } from './first-project.ts'
import { projectSchema } from './schema.ts'

describe('the project schema', () => {
  it('accepts the first project, which holds no connection', () => {
    expect(projectSchema.parse(firstProject)).toEqual(firstProject)
    expect(firstProject.settings.connections).toEqual({})
  })

  it('refuses a secret among the public settings', () => {
    const connection = { domain: 't.auth0.com', clientId: 'c', m2mClientSecret: 's' }
    const project = { ...firstProject, settings: { connections: { preview: connection } } }
    expect(projectSchema.safeParse(project).success).toBe(false)
  })

  it.each(['evil.test; script-src *', 'https://t.auth0.com', 'evil.test/path', ''])(
    'refuses the domain “%s”, which would end up in the policy of every page',
    (domain) => {
      const settings = { connections: { preview: { domain, clientId: 'c' } } }
      expect(projectSchema.safeParse({ ...firstProject, settings }).success).toBe(false)
    },
  )

  it('accepts a tenant on this machine', () => {
    const settings = { connections: { preview: { domain: 'localhost:4400', clientId: 'c' } } }
    expect(projectSchema.safeParse({ ...firstProject, settings }).success).toBe(true)
  })

  it.each(['a=b', ['a'], { a: 1 }, { a: { bind: 'page.query.a' } }])('refuses the parameters %j', (query) => {
    const [home, ...others] = firstProject.pages
    const data = { id: 'data', type: 'data', values: { query } }
    const workflow = { id: 'w', trigger: { type: 'session', event: 'login' } }
    const step = { id: 's', action: 'callApi', args: { query } }
    for (const changed of [
      { pages: [{ ...home, blocks: [data] }, ...others] },
      { workflows: [{ ...workflow, steps: [step] }] },
    ])
      expect(projectSchema.safeParse({ ...firstProject, ...changed }).error?.message).toContain(
        'names, each with',
      )
  })

  it('refuses an id used twice', () => {
    const pages = [...firstProject.pages, { ...firstProject.pages[0], name: 'Copy' }]
    expect(projectSchema.safeParse({ ...firstProject, pages }).error?.message).toContain('used twice')
  })

  it('refuses a home page that does not exist', () => {
    expect(projectSchema.safeParse({ ...firstProject, homePageId: 'gone' }).success).toBe(false)
  })

  it.each(['dashboard', '/Dash board', '//evil.test', '/a/../b', '/a/', '/:', '/:id/:id'])(
    'refuses the path %s',
    (path) => {
      const pages = firstProject.pages.map((page) => (page.id === 'dashboard' ? { ...page, path } : page))
      expect(projectSchema.safeParse({ ...firstProject, pages }).success).toBe(false)
    },
  )

  it('accepts a path with a parameter', () => {
    const pages = firstProject.pages.map((page) =>
      page.id === 'dashboard' ? { ...page, path: '/orders/:orderId' } : page,
    )
    expect(projectSchema.safeParse({ ...firstProject, pages }).success).toBe(true)
  })

  it.each([undefined, null, 'nobody', 5, [], { groups: 'staff' }, { groups: ['a'], hidden: true }])(
    'refuses a conditional block that is visible to %j',
    (visibleTo) => {
      const condition = { id: 'c', type: 'condition', values: { visibleTo }, blocks: [] }
      const pages = firstProject.pages.map((page) => ({ ...page, blocks: [condition] })).slice(0, 1)
      expect(projectSchema.safeParse({ ...firstProject, pages }).success).toBe(false)
    },
  )

  it('keeps nothing that would change what a value inherits', () => {
    const text = JSON.stringify(firstProject).replace('"values":{', '"values":{"__proto__":{"level":"9"},')
    const parsed = projectSchema.parse(JSON.parse(text))
    expect(JSON.stringify(parsed)).not.toContain('__proto__')
  })
})
