import { expect, it } from 'vitest'
import { addStep } from './edit/workflows.ts'
import { firstProject } from './first-project.ts'
import { contentFile, guardedContent, toPublicSite } from './public-site.ts'
import type { Block, Project } from './schema.ts'

const data = (id: string, values: Block['values']): Block => ({ id, type: 'data', values })

it('names to a site the APIs that get its visitors’ access tokens, and those that it only calls apart', () => {
  const [page, ...others] = firstProject.pages
  const blocks = [
    data('orders', { url: 'https://orders.test/' }),
    data('weather', { url: 'https://weather.test/', token: 'none' }),
  ]
  const project = { ...firstProject, workflows: [], pages: [{ ...page, blocks }, ...others] } as Project
  const site = toPublicSite(project, { environment: 'production', basePath: '/' })
  expect(site.tokenOrigins).toEqual(['https://orders.test'])
  expect(site.apiOrigins).toEqual(['https://orders.test', 'https://weather.test'])
})

/** Home is public, the account is not; each has a button and something that runs when it is loaded. */
function guardedProject(): Project {
  const project = structuredClone(firstProject)
  for (const page of project.pages) {
    page.access = page.id === 'account' ? 'authenticated' : 'everyone'
    page.blocks.push({ id: `${page.id}Go`, type: 'button', values: { text: `Only on ${page.id}` } })
    addStep(project, 'getUser', { trigger: { type: 'click', blockId: `${page.id}Go` } })
    addStep(project, 'getUser', { trigger: { type: 'page-load', pageId: page.id } })
  }
  addStep(project, 'getUser', { trigger: { type: 'session', event: 'login' } })
  return project
}
const starters = (workflows: Project['workflows'] = []) =>
  workflows.map(({ trigger }) =>
    'pageId' in trigger ? trigger.pageId : 'blockId' in trigger ? trigger.blockId : trigger.event,
  )

it('keeps the content and workflows of a private page out of the site itself', () => {
  const project = guardedProject()
  const site = toPublicSite(project, { environment: 'production', basePath: '/' })
  const account = site.pages.find(({ id }) => id === 'account')
  expect(account).toMatchObject({ path: '/account', guard: 'authenticated' })
  expect(account).not.toHaveProperty('content')
  expect(account).not.toHaveProperty('blocks')
  expect(JSON.stringify(site)).not.toContain('Only on account')
  expect(JSON.stringify(site)).not.toContain('accountGo')
  expect(starters(site.workflows)).toEqual(['login'])
})

it('brings a public page’s blocks and the workflows that start on it', () => {
  const project = guardedProject()
  const site = toPublicSite(project, { environment: 'production', basePath: '/' })
  const home = site.pages.find(({ id }) => id === 'home')
  expect(home?.content?.blocks).toEqual(project.pages.find(({ id }) => id === 'home')?.blocks)
  expect(starters(home?.content?.workflows)).toEqual(['homeGo', 'home'])
})

it('writes each private page’s content to a file beside the site', () => {
  const project = guardedProject()
  const files = guardedContent(project)
  expect([...files.keys()]).toEqual([contentFile('account')])
  expect(starters(files.get('pages/account.json')?.workflows)).toEqual(['accountGo', 'account'])
  expect(JSON.stringify(files.get('pages/account.json'))).toContain('Only on account')
})
