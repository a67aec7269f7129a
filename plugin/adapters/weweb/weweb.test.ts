// @vitest-environment happy-dom
import { describe, expect, test } from 'vitest'
import { guardsOf } from './guards.ts'
import { readPublicData, toEnvironment } from './public-data.ts'

describe('a site’s environment is', () => {
  test('that of the address which the builder entered, before WeWeb’s answer', () => {
    const sites = { staging: { origin: location.origin, basePath: '/' } }
    expect(toEnvironment(sites, 'production')).toBe('staging')
    expect(
      toEnvironment({ staging: { origin: 'https://elsewhere.example', basePath: '/' } }, 'preview'),
    ).toBe('preview')
  })

  test('production where WeWeb does not say, or says a word of its own', () => {
    expect(toEnvironment(undefined, undefined)).toBe('production')
    expect(toEnvironment({}, 'constructor')).toBe('production')
  })
})

test('settings that are missing, or half there, leave a project without a connection', () => {
  const empty = { settings: { connections: {} } }
  expect(readPublicData()).toEqual(empty)
  expect(readPublicData({})).toEqual(empty)
  expect(readPublicData({ publicData: { settings: {} as never } })).toEqual(empty)
  expect(readPublicData({ publicData: { landingPageId: 'about' } })).toEqual({
    ...empty,
    landingPageId: 'about',
  })
})

describe('a page demands', () => {
  const settings = { settings: { connections: {} }, roles: [{ id: 'r1', name: 'Manager' }] }
  const page = (...userGroups: unknown[]) => ({
    id: 'team',
    paths: {},
    langs: [],
    pageUserGroups: userGroups.map((userGroup) => ({ userGroup }) as never),
  })

  test('nothing without groups, a login with the first, and any of the further ones', () => {
    const groups = [null, { roles: [{ value: 'r1' }, { value: 'Editor' }] }, { roles: [{ value: 'Owner' }] }]
    expect(guardsOf(page(), settings, true)).toEqual([])
    expect(guardsOf(page(null), settings, true)).toEqual(['authenticated'])
    expect(guardsOf(page(...groups), settings, true)).toEqual([
      { groups: [['Manager', 'Editor'], ['Owner']] },
    ])
    expect(guardsOf(page(null), settings, false)).toEqual([])
  })

  test('what nobody has, where a group does not say its roles', () => {
    expect(guardsOf(page(null, 'an-id'), settings, true)).toEqual([{ groups: [] }])
  })

  test('what Lowgate’s own rules say as well', () => {
    const data = {
      ...settings,
      access: { team: { groups: ['staff'] } },
      userGroups: [{ id: 'staff', name: 'Staff', roles: ['A'] }],
    }
    expect(guardsOf(page(null), data, true)).toEqual([{ groups: [['A']] }, 'authenticated'])
    expect(guardsOf({ ...page(), id: 'constructor' }, data, true)).toEqual([])
  })
})
