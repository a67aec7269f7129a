import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { defineFields, LowgateError } from '../../contract/index.ts'
import { pageReference } from '../../contract/schemas/index.ts'
import { pageSchema, parseInput, toJsonSchema } from './to-schema.ts'

const fields = defineFields({
  kind: {
    type: 'choice',
    label: 'Kind',
    help: 'Which one.',
    options: [
      { value: 'a', label: 'A' },
      { value: 'b', label: 'B' },
    ],
    default: 'a',
  },
  detail: { type: 'text', label: 'Detail', help: 'More.', visibleWhen: { field: 'kind', is: ['b'] } },
  age: { type: 'number', label: 'Age', help: 'How old.', min: 0 },
  name: { type: 'text', label: 'Name', help: 'Whose.', required: true },
  page: { type: 'page', label: 'Page', help: 'Where to.' },
})

const refused = (args: Record<string, unknown>): LowgateError => {
  try {
    parseInput(fields, args)
  } catch (error) {
    return error as LowgateError
  }
  throw new Error('was accepted')
}

test('fills in defaults and trims texts', () => {
  expect(parseInput(fields, { name: ' Ada ' })).toEqual({ kind: 'a', name: 'Ada' })
})

test('counts blank values as absent', () => {
  expect(parseInput(fields, { name: 'Ada', age: null, detail: '', page: undefined })).toEqual({
    kind: 'a',
    name: 'Ada',
  })
})

test('leaves out the value of a field that the form hides', () => {
  expect(parseInput(fields, { name: 'Ada', detail: 'old' })).not.toHaveProperty('detail')
  expect(parseInput(fields, { name: 'Ada', kind: 'b', detail: 'new' })).toMatchObject({ detail: 'new' })
})

describe('refuses, naming the field and what it must be,', () => {
  test.each([
    [{}, 'name', '“Name” must be a text.'],
    [{ name: '  ' }, 'name', '“Name” must be a text.'],
    [{ name: 'Ada', kind: 'c' }, 'kind', '“Kind” must be one of “a”, “b”.'],
    [{ name: 'Ada', age: '7' }, 'age', '“Age” must be a number of at least 0.'],
    [{ name: 'Ada', age: -1 }, 'age', '“Age” must be a number of at least 0.'],
    [{ name: 'Ada', page: 'home' }, 'page', '“Page” must be a page of the project, by its id.'],
    [
      { name: 'Ada', page: { pageId: 'x', query: { a: 1 } } },
      'page',
      '“Page” must be a page of the project, by its id.',
    ],
    [{ name: 'Ada', nmae: 'x' }, 'nmae', 'This action has no field “nmae”.'],
  ])('%j', (args, field, message) => {
    const error = refused(args)
    expect(error).toBeInstanceOf(LowgateError)
    expect({ code: error.code, field: error.field, message: error.message }).toEqual({
      code: 'input/invalid',
      field,
      message,
    })
  })

  test('a name that every object has', () => {
    expect(refused({ name: 'Ada', constructor: 'x' }).message).toBe('This action has no field “constructor”.')
  })
})

test('describes the same input as JSON Schema', () => {
  expect(toJsonSchema(fields)).toMatchObject({
    type: 'object',
    required: ['name'],
    additionalProperties: false,
    properties: {
      kind: { enum: ['a', 'b'], default: 'a', description: 'Which one.' },
      age: { type: 'number', minimum: 0 },
    },
  })
})

test('takes the pages that a host’s schema takes', () => {
  expect(z.toJSONSchema(pageReference)).toMatchObject(pageSchema)
})
