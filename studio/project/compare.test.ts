import { expect, it } from 'vitest'
import { compareProjects } from './compare.ts'
import { addBlock } from './edit/blocks.ts'
import { addPage, removePage } from './edit/pages.ts'
import { addStep } from './edit/workflows.ts'
import { firstProject } from './first-project.ts'
import { pageOf } from './walk.ts'

it('finds nothing between a project and its copy', () => {
  expect(compareProjects(firstProject, structuredClone(firstProject))).toEqual([])
})

it('names pages, blocks, workflows and connections that changed', () => {
  const after = structuredClone(firstProject)
  addPage(after, 'Prices')
  removePage(after, 'dashboard')
  addBlock(after, 'text', { pageId: 'home', index: 0 })
  pageOf(after, 'account').access = 'authenticated'
  addStep(after, 'logout', { trigger: { type: 'click', blockId: 'accountButton' } })
  after.settings.connections.preview = { domain: 't.eu.auth0.com', clientId: 'c' }
  expect(compareProjects(firstProject, after)).toEqual([
    { kind: 'added', what: 'Connection for preview', details: ['t.eu.auth0.com'] },
    { kind: 'changed', what: 'Page “Home”', details: ['1 added'] },
    { kind: 'changed', what: 'Page “Account”', details: ['who can see it'] },
    { kind: 'added', what: 'Page “Prices”', details: [] },
    { kind: 'removed', what: 'Page “Dashboard”', details: [] },
    { kind: 'added', what: 'Workflow “accountButton-click”', details: [] },
  ])
})
