// @vitest-environment happy-dom
import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import type { EditorHost } from '../../contract/index.ts'
import { mountPanel } from '../testing/mount-panel.ts'
import { createTestHost } from '../testing/test-host.ts'
import SessionSettings from './SessionSettings.vue'

enableAutoUnmount(afterEach)

function open(changes: Partial<EditorHost> = {}) {
  const host = createTestHost('', changes)
  const panel = mountPanel(SessionSettings, { host })
  const typeClaim = async (claim: string) => {
    await panel.type('Roles claim', claim)
    panel.field('Roles claim').dispatchEvent(new Event('change', { bubbles: true }))
  }
  return { host, typeClaim, ...panel }
}

describe('the settings of every environment', () => {
  it('say what the way of keeping logins costs', () => {
    expect(open().under('Keep logins')).toContain('A malicious script')
  })

  it('revoke refresh tokens at logout until that is turned off, and again when it is turned on', async () => {
    const panel = open()
    const toggle = panel.field('Revoke at logout')
    expect(toggle.getAttribute('aria-checked')).toBe('true')
    expect(panel.under('Revoke at logout')).toContain('Refresh Token Revocation Deletes Grant')
    toggle.click()
    await panel.until(() => panel.host.settings.revokeOnLogout === false)
    await panel.wrapper.setProps({ host: { ...panel.host } })
    panel.field('Revoke at logout').click()
    await panel.until(() => !('revokeOnLogout' in panel.host.settings))
  })

  it('keep the roles claim, and drop it when it is emptied', async () => {
    const panel = open({ settings: { connections: {}, storage: 'memory' } })
    await panel.typeClaim('https://acme.example/roles')
    expect(panel.host.settings).toEqual({
      connections: {},
      storage: 'memory',
      rolesClaim: 'https://acme.example/roles',
    })
    await panel.typeClaim('')
    await panel.until(() => !('rolesClaim' in panel.host.settings))
  })

  it('refuse a claim that Auth0 would drop', async () => {
    const panel = open()
    await panel.typeClaim('roles')
    await panel.until(() => panel.under('Roles claim')?.includes('such as https://acme.example/roles'))
    expect(panel.host.settings).toEqual({ connections: {} })
  })

  it('say so when the host could not save', async () => {
    const panel = open({ saveSettings: () => Promise.reject(new Error('offline')) })
    await panel.typeClaim('https://acme.example/roles')
    await panel.until(() => document.querySelector('[role=alert]'))
  })
})
