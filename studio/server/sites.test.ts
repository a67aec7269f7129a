import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { firstProject } from '../project/first-project.ts'
import type { Project } from '../project/schema.ts'
import { createTestStudio, type TestStudio } from './testing/test-studio.ts'

const connection = (name: string) => ({ domain: `${name}.eu.auth0.com`, clientId: `${name}Client` })

const project: Project = {
  ...firstProject,
  name: 'Shop </script><script>alert(1)</script>',
  pages: [
    ...firstProject.pages,
    {
      id: 'vault',
      name: 'Vault',
      path: '/vault',
      access: 'authenticated',
      inMenu: true,
      blocks: [{ id: 'opener', type: 'button', values: { label: 'Only members read this' } }],
    },
    { id: 'order', name: 'Order', path: '/orders/:id', access: 'everyone', inMenu: false, blocks: [] },
  ],
  workflows: [
    {
      id: 'opening',
      trigger: { type: 'click', blockId: 'opener' },
      steps: [{ id: 'hush', action: 'showMessage', args: { title: 'Only members hear this' } }],
    },
  ],
  settings: { connections: { preview: connection('try'), production: connection('live') } },
}

let studio: TestStudio
beforeAll(async () => {
  studio = await createTestStudio()
  await studio.save(project, 1)
})
afterAll(() => studio.close())

/** The last line of what publishing reports. */
async function publish(about: { note: string; overruled?: string[] } = { note: '' }): Promise<unknown> {
  const { revision } = await (await studio.api('GET', '/api/projects/my-site')).json()
  const overruled = ['not-checked', ...(about.overruled ?? [])]
  const answer = await studio.api('POST', '/api/projects/my-site/publish', { ...about, overruled, revision })
  return JSON.parse((await answer.text()).trim().split('\n').at(-1) ?? '')
}

const inlined = (html: string) => JSON.parse(/id="site">(.*?)<\/script>/s.exec(html)?.[1] ?? '')

describe.each(['preview', 'production'] as const)('the %s site', (site) => {
  const port = site === 'preview' ? 5004 : 5005

  it.each([
    ['my-site.localhost:5000', 421],
    ['my-site.localhost', 421],
    ['my-site.localhost.:5004', 421],
    ['sub.my-site.localhost:5004', 421],
    ['MY-SITE.localhost:5004', 421],
    ['my-site.localhost.evil.test:5004', 421],
    ['my-site.evil.test:5004', 421],
    ['evil.test', 421],
    ['@my-site.localhost:5004', 421],
    ['my-site@localhost:5004', 421],
    ['.localhost:5004', 421],
    ['neighbour.localhost:5004', 404],
    ['localhost:5004', 404],
    ['127.0.0.1:5004', 404],
    ['[::1]:5004', 404],
  ])('shows no project as %s', async (host, status) => {
    const answer = await studio.visit(site, '/dashboard', host.replace('5004', String(port)))
    expect(answer.status).toBe(status)
    expect(await answer.text()).not.toContain('id="site"')
  })

  it('says at the address without a project where the projects are', async () => {
    const answer = await studio.visit(site, '/', `localhost:${port}`)
    expect(await answer.text()).toContain('Each project has an address of its own')
  })
})

describe('the preview site', () => {
  it('shows the draft with only the preview connection', async () => {
    const html = await (await studio.visit('preview', '/dashboard')).text()
    expect(inlined(html)).toMatchObject({
      environment: 'preview',
      settings: { connections: { preview: connection('try') } },
    })
    expect(html).not.toContain('liveClient')
  })

  it('keeps the content and workflows of a guarded page in a separate file', async () => {
    for (const path of ['/', '/vault'])
      expect(await (await studio.visit('preview', path)).text()).not.toContain('Only members')
    const answer = await studio.visit('preview', '/pages/vault.json')
    expect(await answer.json()).toMatchObject({
      blocks: [{ id: 'opener' }],
      workflows: [{ id: 'opening' }],
    })
    expect(answer.headers.get('cache-control')).toBe('no-cache')
  })

  it('keeps markup in a project’s name from becoming markup', async () => {
    const html = await (await studio.visit('preview', '/')).text()
    expect(html).not.toContain('<script>alert')
    expect(inlined(html).name).toBe(project.name)
  })

  it('names the tenant, and no other origin, in its content security policy', async () => {
    const html = await (await studio.visit('preview', '/')).text()
    expect(html).toContain('connect-src &#39;self&#39; https://try.eu.auth0.com'.replaceAll('&#39;', "'"))
    expect(html).toContain(`frame-src https://try.eu.auth0.com`)
  })

  it.each([
    ['/orders/7', 200],
    ['/callback', 200],
    ['/nowhere', 404],
    ['/pages/home.json', 404],
    ['/assets/main.js', 200],
    ['/assets/../index.html', 404],
  ])('answers %s with %i', async (path, status) => {
    expect((await studio.visit('preview', path)).status).toBe(status)
  })
})

describe('the production site', () => {
  it('says what to do while nothing is published', async () => {
    const answer = await studio.visit('production', '/dashboard')
    expect(answer.status).toBe(404)
    expect(await answer.text()).toContain('Nothing is published yet')
  })

  it('shows the published version, whatever the draft becomes', async () => {
    expect(await publish()).toEqual({ version: 1 })
    const { revision } = await (await studio.api('GET', '/api/projects/my-site')).json()
    await studio.save({ ...project, name: 'Changed' }, revision)
    for (const path of ['/', '/dashboard', '/orders/7', '/callback']) {
      const answer = await studio.visit('production', path)
      expect(answer.status).toBe(200)
      const site = inlined(await answer.text())
      expect(site.name).toBe(project.name)
      expect(site.settings.connections).toEqual({ production: connection('live') })
    }
  })

  it('ships the content of a guarded page beside the pages', async () => {
    expect(await (await studio.visit('production', '/vault')).text()).not.toContain('Only members')
    expect(await (await studio.visit('production', '/pages/vault.json')).text()).toContain('Only members')
    expect((await studio.visit('production', '/pages/home.json')).status).toBe(404)
  })

  it('answers 404 with the site’s own page for an address that is none', async () => {
    const answer = await studio.visit('production', '/nowhere')
    expect(answer.status).toBe(404)
    expect(await answer.text()).toContain('id="site"')
  })

  it('ships neither the preview’s tools nor the way to the studio', async () => {
    expect((await studio.visit('production', '/assets/PreviewTools.js')).status).toBe(404)
    expect((await studio.visit('preview', '/assets/PreviewTools.js')).status).toBe(200)
    const html = await (await studio.visit('production', '/')).text()
    expect(inlined(html).studioUrl).toBeUndefined()
  })

  it('allows its one inline script by hash, which fetches the login’s code for returning visitors', async () => {
    const html = await (await studio.visit('production', '/')).text()
    const script = /<script>(.*?)<\/script>/s.exec(html)?.[1] ?? ''
    expect(script).toContain('/assets/router-engine.js')
    expect(html).toContain(`'sha256-${createHash('sha256').update(script).digest('base64')}'`)
  })

  it('lets browsers keep assets, and asks them to check pages', async () => {
    expect((await studio.visit('production', '/assets/main.js')).headers.get('cache-control')).toContain(
      'immutable',
    )
    expect((await studio.visit('production', '/')).headers.get('cache-control')).toBe('no-cache')
  })

  it('goes back to an earlier version, and lists both with what was overruled', async () => {
    await publish({ note: 'Spring' })
    expect(inlined(await (await studio.visit('production', '/')).text()).name).toBe('Changed')
    await studio.api('PUT', '/api/projects/my-site/live', { version: 1 })
    expect(inlined(await (await studio.visit('production', '/')).text()).name).toBe(project.name)
    expect(await (await studio.api('GET', '/api/projects/my-site/versions')).json()).toMatchObject({
      live: 1,
      versions: [
        { version: 2, note: 'Spring', overruled: ['The tenant could not be checked.'] },
        { version: 1 },
      ],
    })
    expect((await studio.api('PUT', '/api/projects/my-site/live', { version: 9 })).status).toBe(404)
  })

  it('shows the home page at the root when no page has that path, and has pages revalidated', async () => {
    const { revision } = await (await studio.api('GET', '/api/projects/my-site')).json()
    const paths = ['/home', '/site/assets/list', '/account']
    const pages = firstProject.pages.map((page, index) => ({ ...page, path: paths[index] ?? '' }))
    await studio.save({ ...project, pages }, revision)
    await publish()
    for (const path of ['/', '/site/assets/list']) {
      const answer = await studio.visit('production', path)
      expect(answer.status).toBe(200)
      expect(answer.headers.get('cache-control')).toBe('no-cache')
    }
    expect((await studio.visit('preview', '/')).status).toBe(200)
  })

  it('gives the version after a roll-back a number of its own', async () => {
    await studio.api('PUT', '/api/projects/my-site/live', { version: 1 })
    expect(await publish()).toEqual({ version: 4 })
  })

  it('makes a version each of two that are published at once', async () => {
    expect(await Promise.all([publish(), publish()])).toEqual([{ version: 5 }, { version: 6 }])
    expect((await studio.visit('production', '/account')).status).toBe(200)
  })

  it('publishes nothing but the draft that was checked', async () => {
    const answer = await studio.api('POST', '/api/projects/my-site/publish', { revision: 1 })
    expect(answer.status).toBe(409)
    expect((await answer.json()).error).toBe('changed_meanwhile')
  })
})
