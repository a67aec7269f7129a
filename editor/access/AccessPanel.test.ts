// @vitest-environment happy-dom
import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import type { EditorHost, UserGroup } from 'lowgate/contract'
import { mountPanel } from '../testing/mount-panel.ts'
import { createTestHost } from '../testing/test-host.ts'
import { startTestProxy } from '../testing/test-proxy.ts'
import AccessPanel from './AccessPanel.vue'

enableAutoUnmount(afterEach)

const connections = { preview: { domain: 't.auth0.com', clientId: 'c' } }

function open(changes: Partial<EditorHost> = {}, props: Record<string, unknown> = {}) {
  const host = createTestHost('', changes)
  const held: Record<string, unknown> = { userGroups: [] }
  const hold = (name: string) => ({
    [`onUpdate:${name}`]: (value: unknown) => {
      held[name] = value
      return panel.wrapper.setProps({ [name]: value })
    },
  })
  const listeners = ['userGroups', 'tenantRoles', 'offeredRolesClaim'].map(hold)
  const panel = mountPanel(AccessPanel, {
    host,
    userGroups: [],
    ...props,
    ...Object.assign({}, ...listeners),
  })
  const typeClaim = async (label: string, claim: string) => {
    await panel.type(label, claim)
    panel.field(label).dispatchEvent(new Event('change', { bubbles: true }))
  }
  return { host, held, typeClaim, groups: () => held.userGroups as UserGroup[], ...panel }
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

  it('use one refresh token for several APIs only when that is turned on', async () => {
    const panel = open()
    const toggle = panel.field('Tokens for several APIs')
    expect(toggle.getAttribute('aria-checked')).toBe('false')
    expect(panel.under('Tokens for several APIs')).toContain('refresh token policies')
    toggle.click()
    await panel.until(() => panel.host.settings.multiResource === true)
    await panel.wrapper.setProps({ host: { ...panel.host } })
    panel.field('Tokens for several APIs').click()
    await panel.until(() => !('multiResource' in panel.host.settings))
  })

  it.each(['Roles claim', 'Permissions claim'])(
    'keep the %s, and drop it when it is emptied',
    async (label) => {
      const name = label === 'Roles claim' ? 'rolesClaim' : 'permissionsClaim'
      const panel = open({ settings: { connections: {}, storage: 'memory' } })
      await panel.typeClaim(label, 'https://acme.example/claim')
      expect(panel.host.settings).toEqual({
        connections: {},
        storage: 'memory',
        [name]: 'https://acme.example/claim',
      })
      await panel.typeClaim(label, '')
      await panel.until(() => !(name in panel.host.settings))
    },
  )

  it('refuse a claim that Auth0 would drop', async () => {
    const panel = open()
    await panel.typeClaim('Roles claim', 'roles')
    await panel.until(() => panel.under('Roles claim')?.includes('such as https://acme.example/roles'))
    expect(panel.host.settings).toEqual({ connections: {} })
  })

  it('accept Auth0’s own claim of permissions', async () => {
    const panel = open()
    await panel.typeClaim('Permissions claim', 'permissions')
    await panel.until(() => panel.host.settings.permissionsClaim === 'permissions')
  })

  it('say so when the host could not save', async () => {
    const panel = open({ saveSettings: () => Promise.reject(new Error('offline')) })
    await panel.typeClaim('Roles claim', 'https://acme.example/roles')
    await panel.until(() => document.querySelector('[role=alert]'))
  })
})

describe('a claim that is offered for the roles', () => {
  it('is taken when the builder agrees, and not offered again', async () => {
    const panel = open({}, { offeredRolesClaim: 'https://acme.example/groups' })
    await panel.until(() => panel.has('https://acme.example/groups becomes the roles claim.'))
    await panel.click('Use as roles')
    await panel.until(() => panel.host.settings.rolesClaim === 'https://acme.example/groups')
    await panel.until(() => 'offeredRolesClaim' in panel.held && !panel.held.offeredRolesClaim)
  })

  it('is left when they do not', async () => {
    const panel = open({}, { offeredRolesClaim: 'https://acme.example/groups' })
    await panel.until(() => panel.has('becomes the roles claim'))
    await panel.click('Cancel')
    await panel.until(() => 'offeredRolesClaim' in panel.held && !panel.held.offeredRolesClaim)
    expect(panel.host.settings).toEqual({ connections: {} })
  })
})

describe('user groups', () => {
  it('are added under ids of their own, renamed and deleted', async () => {
    const panel = open()
    await panel.click('Add group')
    await panel.until(() => panel.groups().length === 1)
    await panel.click('Add group')
    await panel.until(() => panel.groups().length === 2)
    expect(new Set(panel.groups().map(({ id }) => id)).size).toBe(2)
    await panel.type('Name', 'Staff')
    await panel.until(() => panel.groups()[0]?.name === 'Staff')
    await panel.click('Delete the group Staff')
    await panel.until(
      () =>
        panel
          .groups()
          .map(({ name }) => name)
          .join() === 'New group',
    )
  })

  it('offer every role of the tenant, and hand the roles to the host', async () => {
    const pages: Record<string, unknown> = {
      first: { items: [{ value: 'rol_1', label: 'Manager' }], next: 'second' },
      second: { items: [{ value: 'rol_2', label: 'Reader' }], next: null },
    }
    const proxy = await startTestProxy({ list: ({ body }) => pages[(body.cursor as string) ?? 'first'] })
    const panel = open({ proxyUrl: proxy.url, settings: { connections } })
    await panel.until(() => (panel.held.tenantRoles as string[] | undefined)?.join() === 'Manager,Reader')
    await proxy.close()
  })
})
