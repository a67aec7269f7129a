import { describe, expect, it } from 'vitest'
import { isLogin, toLogin } from './to-login.ts'

describe('a login to try', () => {
  it('says what the runtime would say', () => {
    expect(toLogin({ screenHint: 'signup', connection: 'google-oauth2', scope: 'read:orders' })).toEqual({
      login: { screenHint: 'signup', connection: 'google-oauth2', scope: 'read:orders', stepUp: false },
      bound: [],
    })
  })

  it('leaves out what is bound, and names it', () => {
    const { login, bound } = toLogin({ loginHint: { bind: 'page.email' }, target: { pageId: 'home' } })
    expect(login).not.toHaveProperty('loginHint')
    expect(bound).toEqual(['Login hint'])
  })

  it('refuses what the action itself would refuse', () => {
    expect(() => toLogin({ maxAge: -1 })).toThrow('Maximum age')
  })

  it('is for actions that open the login page', () => {
    expect(['loginWithRedirect', 'loginWithPopup', 'logout', 'nonsense'].filter(isLogin)).toEqual([
      'loginWithRedirect',
      'loginWithPopup',
    ])
  })
})
