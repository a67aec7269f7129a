import { describe, expect, it } from 'vitest'
import { addStep, workflowFor } from '../edit/workflows.ts'
import type { Step } from '../schema.ts'
import { click, ids, project, setArgs, useProject } from './testing/project.ts'

useProject()

describe('the linter of workflows', () => {
  it('finds a popup that is not the first step after a click', () => {
    addStep(project, 'showMessage', { trigger: click })
    setArgs('showMessage', { title: 'Hello' })
    addStep(project, 'loginWithPopup', { trigger: click })
    expect(ids()).toEqual(['popup-late:homeButton:loginWithPopup'])
  })

  it('finds a popup that no click starts', () => {
    addStep(project, 'loginWithPopup', { trigger: { type: 'session', event: 'session-expired' } })
    expect(ids()).toEqual(['popup-late:session-expired:loginWithPopup'])
  })

  it('finds steps after a redirect', () => {
    addStep(project, 'loginWithRedirect', { trigger: click })
    addStep(project, 'logout', { trigger: click })
    expect(ids()).toEqual(['after-leaving:homeButton:loginWithRedirect'])
  })

  it('finds a Local-only logout that the next login undoes', () => {
    setArgs(addStep(project, 'logout', { trigger: click }), { mode: 'local' })
    addStep(project, 'loginWithRedirect', { trigger: click })
    expect(ids()).toEqual(['logout-then-login:homeButton:logout'])
  })

  it('finds steps after a redirect inside a branch, and lets a popup and a Local-only logout go on', () => {
    addStep(project, 'branch', { trigger: click })
    const branch = workflowFor(project, click)?.steps[0]
    if (!branch) throw new Error('the branch is missing')
    const steps: Step[] = [
      { id: 'one', action: 'logout', args: { mode: 'local' } },
      { id: 'two', action: 'logout', args: {} },
      { id: 'three', action: 'getUser', args: {} },
    ]
    branch.args = { condition: { bind: 'auth.isAuthenticated' } }
    branch.then = steps
    branch.otherwise = structuredClone(steps).map((step) => ({ ...step, id: `${step.id}-too` }))
    expect(ids().filter((id) => !id.startsWith('required'))).toEqual([
      'after-leaving:homeButton:two',
      'after-leaving:homeButton:two-too',
    ])
  })

  it('finds a popup behind another step of a page’s workflow, and none where it comes first', () => {
    addStep(project, 'loginWithPopup', { trigger: click })
    expect(ids()).toEqual([])
    addStep(project, 'loginWithPopup', { trigger: { type: 'page-load', pageId: 'dashboard' } })
    expect(ids()).toEqual(['popup-late:dashboard:loginWithPopup', 'auto-login:dashboard-load'])
  })

  it('finds a step that this version does not know', () => {
    addStep(project, 'teleport', { trigger: click })
    expect(ids()).toEqual(['unknown-step:homeButton:teleport'])
  })

  it('finds a result of a step that only runs later, and takes one that ran', () => {
    addStep(project, 'getUser', { trigger: click })
    setArgs(addStep(project, 'showMessage', { trigger: click }), {
      title: { bind: 'results.getUser.email' },
      text: '{{ errors.showMessage.code }}',
    })
    expect(ids()).toEqual(['binding:homeButton:showMessage:text'])
  })

  it('tells a page that undoes its Local-only logouts', () => {
    addStep(project, 'loginWithRedirect', { trigger: { type: 'page-load', pageId: 'home' } })
    setArgs(addStep(project, 'logout', { trigger: click }), { mode: 'local' })
    expect(ids()).toEqual(['auto-login:home-load'])
  })

  it('finds a page that logs everybody in by itself', () => {
    addStep(project, 'loginWithRedirect', { trigger: { type: 'page-load', pageId: 'home' } })
    expect(ids()).toEqual(['auto-login:home-load'])
  })

  it('finds an empty required field and a result that is not there yet', () => {
    addStep(project, 'showMessage', { trigger: click })
    setArgs('showMessage', { text: { bind: 'results.getUser.email' } })
    expect(ids()).toEqual(['required:homeButton:showMessage:title', 'binding:homeButton:showMessage:text'])
  })

  it('finds a site with workflows that no tenant is connected to', () => {
    project.settings.connections = {}
    addStep(project, 'logout', { trigger: click })
    expect(ids()).toEqual(['no-production-connection'])
  })
})
