import { expect, test } from 'vitest'
import type { Guard } from '../../contract/index.ts'
import { judge, judgeAll } from './judge.ts'

const visitor = {
  isAuthenticated: true,
  roles: ['editor', 'reviewer'],
  permissions: ['read:orders'],
  organization: { id: 'org_1', name: 'acme' },
}
const nobody = { isAuthenticated: false, roles: [], permissions: [], organization: undefined }

test.each([
  ['everyone', 'allow', 'allow'],
  ['authenticated', 'allow', 'login'],
  [{}, 'allow', 'login'],
  [{ groups: [['editor', 'reviewer']] }, 'allow', 'login'],
  [{ groups: [['manager'], ['editor']] }, 'allow', 'login'],
  [{ groups: [['editor', 'manager']] }, 'deny', 'login'],
  [{ groups: [] }, 'deny', 'login'],
  [{ permissions: ['read:orders'] }, 'allow', 'login'],
  [{ permissions: ['read:orders', 'write:orders'] }, 'deny', 'login'],
  [{ organizations: ['other', 'org_1'] }, 'allow', 'login'],
  [{ organizations: ['acme'] }, 'allow', 'login'],
  [{ organizations: ['Acme'] }, 'allow', 'login'],
  [{ organizations: ['other'] }, 'deny', 'login'],
  [{ groups: [['editor']], organizations: ['other'] }, 'deny', 'login'],
] as [Guard, string, string][])('%j: %s for a member, %s for a stranger', (guard, member, stranger) => {
  expect(judge(guard, visitor)).toBe(member)
  expect(judge(guard, nobody)).toBe(stranger)
})

test('a page inside another one needs both guards, and asks for a login before it denies', () => {
  expect(judgeAll(['authenticated', { permissions: ['write:orders'] }], visitor)).toBe('deny')
  expect(judgeAll([{ permissions: ['write:orders'] }, 'authenticated'], visitor)).toBe('deny')
  expect(judgeAll(['authenticated', 'everyone'], nobody)).toBe('login')
  expect(judgeAll(['everyone', { permissions: ['write:orders'] }], nobody)).toBe('login')
  expect(judgeAll([], nobody)).toBe('allow')
})
