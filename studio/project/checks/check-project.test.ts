import { expect, it } from 'vitest'
import { addStep } from '../edit/workflows.ts'
import { pageOf } from '../walk.ts'
import { click, ids, project, useProject } from './testing/project.ts'

useProject()

it('lists errors before warnings', () => {
  pageOf(project, 'account').inMenu = false
  project.settings.connections = {}
  addStep(project, 'logout', { trigger: click })
  expect(ids()).toEqual(['no-production-connection', 'unreachable:account'])
})

it('asks a site without workflows for no connection', () => {
  project.settings.connections = {}
  project.workflows = []
  expect(ids().filter((id) => id === 'no-production-connection')).toEqual([])
})
