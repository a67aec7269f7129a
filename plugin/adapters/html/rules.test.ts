// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { parseCondition } from './conditions.ts'
import { fits } from './site-pages.ts'

test.each([
  ['/members', '/members/'],
  ['/members', '/Members.html'],
  ['/members/', '/members/index.html'],
  ['/members/*', '/members'],
  ['/members/*', '//members//plan'],
  ['/members/*', '/%6Dembers/plan.html'],
  ['/über uns', '/%C3%BCber%20uns'],
  ['/*', '/'],
  ['/', '/index.html'],
])('the rule for %s is one for the page %s', (pattern, path) => {
  expect(fits(pattern, path)).toBe(true)
})

test.each([
  ['/members', '/members/plan'],
  ['/members/*', '/membership'],
  ['/', '/members'],
  ['/members', '/%E0%A4%A'],
])('the rule for %s is none for the page %s', (pattern, path) => {
  expect(fits(pattern, path)).toBe(false)
})

test('conditions are guards', () => {
  expect(parseCondition('authenticated')).toEqual({})
  expect(parseCondition('role:Site Editor,role:admin , organization:acme, permission:read:orders')).toEqual({
    groups: [['Site Editor'], ['admin']],
    organizations: ['acme'],
    permissions: ['read:orders'],
  })
  expect(parseCondition('second-factor, max-login-age:300')).toEqual({ secondFactor: true, maxLoginAge: 300 })
})

test.each([
  '',
  'role:',
  'Role:editor',
  'role:editor,',
  'everyone',
  'authenticated anonymous',
  'max-login-age:soon',
])('refuses “%s” as a condition', (text) => {
  expect(() => parseCondition(text)).toThrow('is not something that a visitor can be asked for')
})
