// @vitest-environment happy-dom
import { enableAutoUnmount, mount } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { h, nextTick, shallowRef } from 'vue'
import { LowgateError } from 'lowgate/contract'
import {
  LgButton,
  LgErrorNotice,
  LgField,
  LgPairsInput,
  LgRoot,
  LgSecretInput,
  LgTextInput,
} from './index.ts'

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

describe('names with texts', () => {
  const open = (held: Record<string, string>) => {
    const model = shallowRef(held)
    const changes: Record<string, string>[] = []
    const props = { label: 'Headers', item: 'Header', 'onUpdate:modelValue': changes.push.bind(changes) }
    const root = () => h(LgPairsInput, { ...props, modelValue: model.value })
    return { pairs: mount(LgRoot, { slots: { default: root } }), model, changes }
  }

  it('are added, named and taken away in rows', async () => {
    const { pairs, changes } = open({ 'X-Shop': 'north' })
    await pairs.get('.pairs > button').trigger('click')
    await pairs.get('[aria-label="Header 2: value"]').setValue('7')
    expect(changes).toEqual([])
    await pairs.get('[aria-label="Header 2: name"]').setValue('X-Page')
    await pairs.get('[aria-label="Remove X-Shop"]').trigger('click')
    expect(changes).toEqual([{ 'X-Shop': 'north', 'X-Page': '7' }, { 'X-Page': '7' }])
  })

  it('follow what is undone elsewhere, and change nothing by that', async () => {
    const { pairs, model, changes } = open({ 'X-Shop': 'north' })
    model.value = { 'X-Shop': 'south' }
    await nextTick()
    expect(pairs.get<HTMLInputElement>('[aria-label="Header 1: value"]').element.value).toBe('south')
    expect(changes).toEqual([])
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
