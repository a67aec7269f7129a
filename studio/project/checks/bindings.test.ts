import { describe, expect, it } from 'vitest'
import { addBlock, removeBlock } from '../edit/blocks.ts'
import { addStep } from '../edit/workflows.ts'
import { blockOf } from '../walk.ts'
import { click, ids, project, setArgs, useProject } from './testing/project.ts'

useProject()

describe('the check of bindings', () => {
  const write = (text: string) => (blockOf(project, 'homeText').values.text = text)

  it.each([
    '{{ constructor }}',
    '{{ user.name }}',
    '{{ auth.name }}',
    '{{ variables.gone }}',
    '{{ results.getUser }}',
  ])('finds %s, which shows nothing', (text) => {
    write(`Hello ${text}`)
    expect(ids()).toEqual(['nowhere:homeText:text'])
  })

  it('finds the variable of a deleted input, in steps and translations too', () => {
    blockOf(project, 'homeText').translations = { fr: { text: '{{ variables.mail }}' } }
    setArgs(addStep(project, 'showMessage', { trigger: click }), { title: { bind: 'variables.mail' } })
    const input = addBlock(project, 'input', { pageId: 'home', index: 0 })
    blockOf(project, input).values.variable = 'mail'
    expect(ids()).toEqual([])
    removeBlock(project, 'home', input)
    expect(ids()).toEqual(['nowhere:homeText:text', 'nowhere:homeButton-click:showMessage:title'])
  })

  it.each(['isAuthenticated', 'isLoading', 'roles', 'permissions', 'organization', 'error'])(
    'knows auth.%s',
    (name) => {
      write(`{{ auth.${name} }}`)
      expect(ids()).toEqual([])
    },
  )

  it.each(['params', 'query', 'language'])('knows page.%s', (name) => {
    write(`{{ page.${name} }}`)
    expect(ids()).toEqual([])
  })

  it('knows the row of a data block, but only inside it', () => {
    write('{{ item.name }}')
    blockOf(project, addBlock(project, 'data', { pageId: 'home', index: 0 })).values.row = '{{ item.name }}'
    expect(ids()).toEqual(['nowhere:homeText:text'])
  })
})
