import { describe, expect, it } from 'vitest'
import { addStep, workflowFor } from '../edit/workflows.ts'
import { pageOf } from '../walk.ts'
import { click, ids, project, setAccess, setArgs, useProject } from './testing/project.ts'

useProject()

describe('the check of pages', () => {
  it('finds nothing in the first project', () => {
    expect(ids()).toEqual([])
  })

  it('finds a login page that needs a login', () => {
    setAccess('account', 'authenticated')
    project.settings.loginPage = { pageId: 'account' }
    expect(ids()).toContain('loginPage-private')
  })

  it('finds a page for denied visitors that denies them too', () => {
    setAccess('account', { organizations: ['acme'] })
    project.settings.deniedPage = { pageId: 'account' }
    expect(ids()).toContain('deniedPage-private')
    setAccess('account', 'authenticated')
    expect(ids()).not.toContain('deniedPage-private')
  })

  it('finds a private home page that logouts land on', () => {
    setAccess('home', 'authenticated')
    expect(ids()).toContain('home-private')
    project.settings.loginPage = { pageId: 'account' }
    expect(ids()).not.toContain('home-private')
  })

  it('finds login and denied pages that were deleted', () => {
    project.settings.loginPage = project.settings.deniedPage = { pageId: 'gone' }
    expect(ids()).toEqual(['loginPage-missing', 'deniedPage-missing'])
  })

  it('takes login and denied pages whose parameters are filled in', () => {
    pageOf(project, 'account').path = '/orders/:id/:line'
    project.settings.loginPage = { pageId: 'account', params: { id: '1' } }
    project.settings.deniedPage = { pageId: 'account', params: { id: '1', line: '2' } }
    expect(ids()).toEqual(['loginPage-parameters'])
  })

  it('finds a menu page that nothing can open, since its path has parameters', () => {
    pageOf(project, 'account').path = '/orders/:id'
    expect(ids()).toEqual(['unreachable:account'])
  })

  it('leads to a page that only the login or the refusal opens', () => {
    for (const setting of ['loginPage', 'deniedPage'] as const) {
      pageOf(project, 'account').inMenu = false
      project.settings[setting] = { pageId: 'account' }
      expect(ids()).not.toContain('unreachable:account')
      project.settings[setting] = undefined
    }
  })

  it('finds two pages of one path, and one of a path that login needs', () => {
    pageOf(project, 'account').path = '/dashboard'
    pageOf(project, 'dashboard').path = '/callback'
    expect(ids()).toEqual(['path-reserved:dashboard'])
    pageOf(project, 'dashboard').path = '/dashboard'
    expect(ids()).toEqual(['path-twice:account'])
  })

  it('finds a path that belongs to another language', () => {
    project.languages = ['en', 'fr']
    pageOf(project, 'account').path = '/fr/account'
    pageOf(project, 'dashboard').path = '/en'
    expect(ids()).toEqual(['path-language:account'])
  })

  it('finds home, login and denied pages, and steps, that leave a parameter open', () => {
    pageOf(project, 'account').path = '/orders/:id'
    project.homePageId = 'account'
    project.settings.loginPage = project.settings.deniedPage = { pageId: 'account' }
    const step = addStep(project, 'goToPage', { trigger: click })
    setArgs(step, { page: { pageId: 'account', params: { id: '' } } })
    expect(ids()).toEqual([
      'loginPage-parameters',
      'deniedPage-parameters',
      'home-parameters',
      'page-parameters:homeButton:goToPage',
    ])
    setArgs(step, { page: { pageId: 'account', params: { id: '{{ page.query.id }}' } } })
    expect(ids()).not.toContain('page-parameters:homeButton:goToPage')
  })

  it('finds a page that nothing leads to, until a step does', () => {
    pageOf(project, 'account').inMenu = false
    expect(ids()).toEqual(['unreachable:account'])
    setArgs(addStep(project, 'goToPage', { trigger: click }), { page: { pageId: 'account' } })
    expect(ids()).toEqual([])
  })

  it('finds a step that leads to a deleted page', () => {
    setArgs(addStep(project, 'goToPage', { trigger: click }), { page: { pageId: 'gone' } })
    expect(ids()).toEqual(['page-missing:goToPage:gone'])
  })
})

it('finds pages that lead to each other as soon as they are loaded', () => {
  const load = (pageId: string) => ({ type: 'page-load', pageId }) as const
  const go = (from: string, to: string) =>
    setArgs(addStep(project, 'goToPage', { trigger: load(from) }), { page: { pageId: to } })
  go('home', 'dashboard')
  expect(ids()).toEqual([])
  addStep(project, 'goToPage', { trigger: load('dashboard') })
  const back = workflowFor(project, load('dashboard'))?.steps[0]
  if (back) back.args = { page: { pageId: 'home' } }
  expect(ids()).toEqual(['circle:home-load', 'circle:dashboard-load'])
})
