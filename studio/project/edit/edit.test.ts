import { beforeEach, describe, expect, it } from 'vitest'
import { firstProject } from '../first-project.ts'
import { projectSchema, type Project } from '../schema.ts'
import { blockOf, pageOf } from '../walk.ts'
import { addBlock, moveBlock, removeBlock } from './blocks.ts'
import { addPage, duplicatePage, removePage } from './pages.ts'
import { addStep, moveStep, removeStep, workflowFor } from './workflows.ts'

let project: Project
beforeEach(() => {
  project = structuredClone(firstProject)
})
const click = { type: 'click', blockId: 'homeButton' } as const
const idsOn = (pageId: string) => pageOf(project, pageId).blocks.map(({ id }) => id)
const valid = () => expect(projectSchema.safeParse(project).error).toBeUndefined()

describe('blocks', () => {
  it('moves a block down to where it was dropped', () => {
    moveBlock(project, 'homeTitle', { pageId: 'home', index: 3 })
    expect(idsOn('home')).toEqual(['homeText', 'homeButton', 'homeTitle', 'homeUser'])
  })

  it('moves a block into a container and out again', () => {
    const container = addBlock(project, 'condition', { pageId: 'home', index: 0 })
    moveBlock(project, 'homeText', { pageId: 'home', inside: container, index: 0 })
    expect(idsOn('home')).toEqual([container, 'homeTitle', 'homeButton', 'homeUser'])
    moveBlock(project, 'homeText', { pageId: 'home', index: 4 })
    expect(idsOn('home').at(-1)).toBe('homeText')
    valid()
  })

  it('never moves a container into itself', () => {
    const outer = addBlock(project, 'condition', { pageId: 'home', index: 0 })
    const inner = addBlock(project, 'condition', { pageId: 'home', inside: outer, index: 0 })
    moveBlock(project, outer, { pageId: 'home', inside: inner, index: 0 })
    expect(idsOn('home')[0]).toBe(outer)
  })

  it('removes the workflows of what was inside a removed container', () => {
    const container = addBlock(project, 'condition', { pageId: 'home', index: 0 })
    moveBlock(project, 'homeButton', { pageId: 'home', inside: container, index: 0 })
    addStep(project, 'logout', { trigger: click })
    removeBlock(project, 'home', container)
    expect(project.workflows).toEqual([])
  })
})

describe('steps', () => {
  it('names a step after its action, so that its result can be bound', () => {
    expect(addStep(project, 'getUser', { trigger: click })).toBe('getUser')
    expect(addStep(project, 'getUser', { trigger: click })).toBe('getUser2')
    valid()
  })

  it('moves a step into a branch', () => {
    const branch = addStep(project, 'branch', { trigger: click })
    const login = addStep(project, 'loginWithRedirect', { trigger: click })
    moveStep(project, login, { trigger: click, inside: { branch, way: 'then' } }, 0)
    expect(workflowFor(project, click)?.steps).toMatchObject([{ id: branch, then: [{ id: login }] }])
    valid()
  })

  it('forgets the workflow with its last step', () => {
    const step = addStep(project, 'logout', { trigger: click })
    removeStep(project, click, step)
    expect(project.workflows).toEqual([])
  })
})

describe('pages', () => {
  it('gives a page of a taken name a path of its own', () => {
    addPage(project, 'Dashboard')
    expect(project.pages.at(-1)).toMatchObject({ id: 'dashboard2', path: '/dashboard-2' })
    valid()
  })

  it('duplicates a page with the workflows of its blocks', () => {
    addStep(project, 'logout', { trigger: { type: 'click', blockId: 'accountButton' } })
    const copy = duplicatePage(project, 'account')
    expect(pageOf(project, copy).path).toBe('/account-2')
    expect(project.workflows.map(({ trigger }) => trigger)).toEqual([
      { type: 'click', blockId: 'accountButton' },
      { type: 'click', blockId: 'accountButton2' },
    ])
    valid()
  })

  it('duplicates what starts when the page loads', () => {
    addStep(project, 'logout', { trigger: { type: 'page-load', pageId: 'account' } })
    const pageId = duplicatePage(project, 'account')
    expect(workflowFor(project, { type: 'page-load', pageId })?.steps).toMatchObject([{ action: 'logout' }])
    valid()
  })

  it('gives the copy of a page with parameters a path that can be saved and reached', () => {
    pageOf(project, 'account').path = '/orders/:id'
    pageOf(project, 'dashboard').path = '/:id'
    const copies = ['account', 'account', 'dashboard'].map((id) => duplicatePage(project, id))
    expect(copies.map((id) => pageOf(project, id).path)).toEqual([
      '/orders-2/:id',
      '/orders-3/:id',
      '/page-2/:id',
    ])
    valid()
  })

  it('keeps names and ids short enough to be saved, however often a copy is copied', () => {
    pageOf(project, 'account').name = 'n'.repeat(120)
    const longest = 'a'.repeat(64)
    blockOf(project, 'accountButton').id = longest
    addStep(project, 'logout', { trigger: { type: 'click', blockId: longest } })
    for (let copy = 'account', times = 0; times < 3; times += 1) copy = duplicatePage(project, copy)
    valid()
  })

  it('removes a page with its workflows, but never the home page', () => {
    addStep(project, 'logout', { trigger: { type: 'page-load', pageId: 'account' } })
    removePage(project, 'account')
    removePage(project, 'home')
    expect(project.pages.map(({ id }) => id)).toEqual(['home', 'dashboard'])
    expect(project.workflows).toEqual([])
  })
})
