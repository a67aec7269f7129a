// @vitest-environment happy-dom
import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ref } from 'vue'
import { mountPanel } from '../testing/mount-panel.ts'
import { createTestHost } from '../testing/test-host.ts'
import { startTestProxy, type TestProxy } from '../testing/test-proxy.ts'
import ActionForm from './ActionForm.vue'

let proxy: TestProxy

beforeEach(async () => {
  proxy = await startTestProxy({
    list: ({ params }) => ({ items: [{ value: 'x', label: `Of ${params.list}` }], next: null }),
  })
})
afterEach(() => proxy.close())
enableAutoUnmount(afterEach)

function open(code: string, args: Record<string, unknown> = {}, isConnected = false) {
  const model = ref(args)
  const host = createTestHost(
    proxy.url,
    isConnected
      ? { settings: { connections: { production: { domain: 't.auth0.com', clientId: 'spa' } } } }
      : {},
  )
  const panel = mountPanel(ActionForm, {
    code,
    host,
    modelValue: model.value,
    'onUpdate:modelValue': (value: Record<string, unknown>) => {
      model.value = value
      void panel.wrapper.setProps({ modelValue: value })
    },
  })
  return { model, host, ...panel }
}

describe('the form of an action', () => {
  it('shows a field for each of the definition, with its help', () => {
    const form = open('logout')
    expect(form.under('Mode')).toContain('Redirect also ends the session at Auth0')
    expect(form.field('Federated logout').getAttribute('aria-checked')).toBe('false')
  })

  it('hides what does not apply to the values', () => {
    const form = open('logout', { mode: 'local' })
    expect(() => form.field('Federated logout')).toThrow()
  })

  it('keeps the advanced fields away until they are asked for', async () => {
    const form = open('loginWithRedirect')
    expect(() => form.field('Maximum age')).toThrow()
    await form.click('Advanced')
    expect(form.field('Maximum age')).toBeTruthy()
  })

  it('stores what is typed, and nothing for a field that is emptied', async () => {
    const form = open('loginWithRedirect')
    await form.type('Login hint', 'ada@acme.example')
    expect(form.model.value).toEqual({ loginHint: 'ada@acme.example' })
    await form.type('Login hint', '')
    expect(form.model.value).toEqual({})
  })

  it('stores a number as a number', async () => {
    const form = open('loginWithRedirect', { maxAge: 5 })
    await form.type('Maximum age', '60')
    expect(form.model.value.maxAge).toBe(60)
  })

  it('says after leaving a field what its value must be', async () => {
    const form = open('loginWithRedirect', { maxAge: -1 })
    expect(form.under('Maximum age')).not.toContain('at least 0')
    await form.type('Maximum age', '-2')
    expect(form.under('Maximum age')).toContain('a number of at least 0')
  })

  it('binds a field to an expression, and goes back to the fixed value', async () => {
    const form = open('loginWithRedirect', { loginHint: 'ada@acme.example' })
    await form.click('Bind Login hint to a value')
    await form.type('Login hint', 'page.query.email')
    expect(form.model.value).toEqual({ loginHint: { bind: 'page.query.email' } })
    await form.click('Use a fixed value for Login hint')
    expect(form.model.value).toEqual({ loginHint: 'ada@acme.example' })
  })

  it('asks for the expression of a bound field that has none', async () => {
    const form = open('loginWithRedirect')
    await form.click('Bind Login hint to a value')
    await form.type('Login hint', '')
    expect(form.under('Login hint')).toBe('Write the expression to bind to.')
  })

  it('lists what the tenant in force has', async () => {
    const form = open('loginWithRedirect', {}, true)
    await form.until(() => proxy.callsOf('list').length === 2)
    expect(proxy.callsOf('list').map(({ params }) => [params.environment, params.list])).toEqual([
      ['production', 'identity-providers'],
      ['production', 'organizations'],
    ])
  })

  it('says that a tenant must be connected first when none is in force', () => {
    const form = open('loginWithRedirect')
    expect(form.field('Organization').placeholder).toBe('Connect a tenant first')
    expect(proxy.calls).toHaveLength(0)
  })

  it('asks for the parameters of the chosen page', async () => {
    const form = open('loginWithRedirect', { target: { pageId: 'order' } })
    await form.type('Parameter id', '42')
    expect(form.model.value).toEqual({ target: { pageId: 'order', params: { id: '42' } } })
  })

  it('names an action that does not exist', () => {
    expect(open('nonsense').has('There is no action named “nonsense”.')).toBe(true)
  })
})
