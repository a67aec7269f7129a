// @vitest-environment happy-dom
import { enableAutoUnmount, mount } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { h } from 'vue'
import { LowgateError } from '../../contract/index.ts'
import { LgButton, LgErrorNotice, LgField, LgRoot, LgSecretInput, LgTextInput } from './index.ts'

enableAutoUnmount(afterEach)

describe('a field', () => {
  const open = (props: Record<string, unknown>) =>
    mount(LgField, { props: { label: 'Domain', ...props }, slots: { default: () => h(LgTextInput) } })

  it('names its control and describes it with the help', () => {
    const field = open({ help: 'From its settings.', required: true })
    const input = field.get('input')
    expect(field.get('label').attributes('for')).toBe(input.attributes('id'))
    expect(field.get(`#${input.attributes('aria-describedby')}`).text()).toBe('From its settings.')
    expect(input.attributes('aria-required')).toBe('true')
    expect(input.attributes('aria-invalid')).toBeUndefined()
  })

  it('shows the error in place of the help, and announces it', () => {
    const field = open({ help: 'From its settings.', error: 'Leave out the path.' })
    const input = field.get('input')
    expect(field.text()).not.toContain('From its settings.')
    expect(field.get('[role=alert]').attributes('id')).toBe(input.attributes('aria-describedby'))
    expect(input.attributes('aria-invalid')).toBe('true')
  })
})

describe('a button', () => {
  it('takes no clicks while it is loading', async () => {
    let clicks = 0
    const button = mount(LgButton, {
      props: { loading: true, onClick: () => clicks++ },
      slots: { default: 'Save' },
    })
    await button.trigger('click')
    expect(clicks).toBe(0)
    await button.setProps({ loading: false })
    await button.trigger('click')
    expect(clicks).toBe(1)
  })
})

describe('a secret', () => {
  const open = (props: Record<string, unknown>) =>
    mount(LgRoot, { slots: { default: () => h(LgSecretInput, props) } })

  it('is masked, and shown only while it is being typed', async () => {
    const secret = open({ modelValue: 'typed' })
    expect(secret.get('input').attributes('type')).toBe('password')
    await secret.get('button').trigger('click')
    expect(secret.get('input').attributes('type')).toBe('text')
    await secret.get('input').trigger('focusout')
    expect(secret.get('input').attributes('type')).toBe('password')
  })

  it('offers nothing to reveal when it is saved', () => {
    const secret = open({ saved: true })
    expect(secret.find('button').exists()).toBe(false)
    expect(secret.get('input').attributes('placeholder')).toContain('saved')
  })
})

describe('an error notice', () => {
  it('says what happened, why, and who can do what', () => {
    const notice = mount(LgErrorNotice, { props: { error: new LowgateError('proxy/offline') } })
    expect(notice.attributes('role')).toBe('alert')
    for (const words of ['cannot be reached', 'not running', 'the operator checks'])
      expect(notice.text()).toContain(words)
  })

  it('says nothing of a foreign error’s own words', () => {
    const notice = mount(LgErrorNotice, { props: { error: new Error('secret-1 leaked') } })
    expect(notice.text()).not.toContain('secret-1')
  })
})
