import { beforeEach, describe, expect, it } from 'vitest'
import { addBlock } from '../edit/blocks.ts'
import { blockOf } from '../walk.ts'
import { ids, project, setAccess, useProject } from './testing/project.ts'

useProject()

describe('the check of access', () => {
  beforeEach(() => {
    project.userGroups = [{ id: 'staff', name: 'Staff', roles: ['manager'] }]
    project.settings.rolesClaim = 'https://acme.example/roles'
    setAccess('account', { groups: ['staff'] })
  })

  it('finds a role that the tenant does not have', () => {
    expect(ids(['manager'])).toEqual([])
    expect(ids(['editor'])).toEqual(['role-missing:staff:manager'])
  })

  it('finds a deleted group, on pages and in conditional blocks', () => {
    const block = addBlock(project, 'condition', { pageId: 'home', index: 0 })
    blockOf(project, block).values.visibleTo = { groups: ['gone'] }
    setAccess('account', { groups: ['gone'] })
    expect(ids()).toEqual(['group-missing:condition', 'group-missing:account'])
  })

  it('finds groups that can have no members, since no claim carries roles', () => {
    delete project.settings.rolesClaim
    expect(ids()).toEqual(['no-roles-claim:account'])
  })

  it('finds rules that ask for nothing, and groups that ask for no role', () => {
    setAccess('account', { groups: [], permissions: [], organizations: [] })
    project.userGroups = [{ id: 'staff', name: 'Staff', roles: [] }]
    expect(ids()).toEqual(['rules-empty:account', 'group-empty:staff'])
    setAccess('account', { organizations: ['acme'] })
    expect(ids()).toEqual(['group-empty:staff'])
  })

  it('takes permissions from a claim, without an audience', () => {
    setAccess('account', { permissions: ['read:orders'] })
    project.settings.permissionsClaim = 'https://acme.example/permissions'
    expect(ids()).toEqual([])
  })

  it('finds permissions that never arrive', () => {
    setAccess('account', { permissions: ['read:orders'] })
    expect(ids()).toEqual(['no-permissions:account'])
    project.settings.connections.production = { domain: 'd', clientId: 'c', audience: 'https://api' }
    expect(ids()).toEqual([])
  })
})
