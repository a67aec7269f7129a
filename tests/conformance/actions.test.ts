import { describe, expect, test } from 'vitest'
import { errorCatalogue } from '../../contract/errors/catalogue.ts'
import { LowgateError, type Field } from '../../contract/index.ts'
import manifest from '../../manifest.json' with { type: 'json' }
import {
  actionDefinitions,
  isVisible,
  parseInput,
  runAction,
  toForm,
  toJsonSchema,
} from '../../workflow-actions/index.ts'
import { toDocsRow } from '../../workflow-actions/projections/to-docs-row.ts'
import { toManifestEntry } from '../../workflow-actions/projections/to-manifest-entry.ts'
import { toWewebEntry } from '../../workflow-actions/projections/to-weweb-entry.ts'

/** A value that a builder could have given, other than the default. */
function exampleOf(field: Field): unknown {
  switch (field.type) {
    case 'choice':
      return field.options[0]?.value
    case 'switch':
      return !field.default
    case 'number':
      return 60
    case 'page':
      return { pageId: 'home', query: { a: '1' } }
    case 'text':
    case 'secret':
    case 'remote':
      return `a ${field.label}`
  }
}

test('every action has a code of its own', () => {
  const codes = actionDefinitions.map(({ code }) => code)
  expect(new Set(codes).size).toBe(codes.length)
})

describe.each(actionDefinitions.map((definition) => [definition.code, definition] as const))(
  '%s',
  (code, definition) => {
    const { fields } = definition
    const form = toForm(fields)
    const all = [...form.basic, ...form.advanced]
    /** A value for each required field, as a builder would type it. */
    const required = Object.fromEntries(
      all
        .filter(({ field }) => field.required)
        .map(({ name, field }) => [name, field.type === 'page' ? { pageId: 'home' } : 'x']),
    )

    test('has a form with every field, and each control starts with its default', () => {
      expect(all.map(({ name }) => name).sort()).toEqual(Object.keys(fields).sort())
      for (const { field, initial } of all)
        expect(initial).toBe('default' in field ? field.default : undefined)
    })

    test('labels and explains every field in plain words', () => {
      for (const { field } of all) {
        expect(field.label).toMatch(/^[A-Z0-9].*[^.]$/)
        expect(field.help).toMatch(/^[A-Z].*\.$/)
        expect(field.help.split(/\s+/).length).toBeGreaterThan(3)
        expect(`${field.label} ${field.help}`).not.toMatch(/sign[ -]?(in|out)|!/i)
      }
    })

    test('hides fields by others that exist', () => {
      for (const { name, field } of all) {
        if (!field.visibleWhen) continue
        expect(Object.keys(fields)).toContain(field.visibleWhen.field)
        const [value] = field.visibleWhen.is
        expect(isVisible(fields, name, { [field.visibleWhen.field]: value })).toBe(true)
        expect(isVisible(fields, name, { [field.visibleWhen.field]: 'something else' })).toBe(false)
      }
    })

    test('accepts its own defaults', () => {
      const defaults = Object.fromEntries(
        all.filter(({ initial }) => initial !== undefined).map(({ name, initial }) => [name, initial]),
      )
      expect(() => parseInput(fields, { ...required, ...defaults })).not.toThrow()
    })

    test('says the same in JSON Schema as in its fields', () => {
      const schema = toJsonSchema(fields) as {
        properties: Record<string, { description: string }>
        required?: string[]
      }
      expect(Object.keys(schema.properties)).toEqual(Object.keys(fields))
      expect(schema.required ?? []).toEqual(Object.keys(required))
      for (const { name, field } of all) expect(schema.properties[name]?.description).toBe(field.help)
    })

    test('raises errors that the catalogue explains', () => {
      for (const error of toManifestEntry(definition).errors) expect(errorCatalogue).toHaveProperty([error])
    })

    test('is in the manifest as defined', () => {
      const entry = manifest.actions.find((action) => action.code === code)
      expect(entry).toEqual(JSON.parse(JSON.stringify(toManifestEntry(definition))))
    })

    test('has a section in the reference with every field', () => {
      const section = toDocsRow(definition)
      for (const name of Object.keys(fields)) expect(section).toContain(`\`${name}\``)
    })

    test('has an entry for WeWeb with a schema for its copilot', () => {
      expect(toWewebEntry(definition)).toMatchObject({
        code,
        isAsync: true,
        copilot: { schema: toJsonSchema(fields) },
      })
    })

    test('calls the method of its name, with every field as it was given', async () => {
      const asked: unknown[] = []
      const client = new Proxy(
        {},
        {
          get: (_, method) => (request: unknown) => {
            asked.push([method, request])
            return Promise.resolve('answered')
          },
        },
      )
      const everything = Object.fromEntries(
        all
          .filter(({ name }) => isVisible(fields, name, {}))
          .map(({ name, field }) => [name, exampleOf(field)]),
      )
      expect(await runAction(code, everything, { client: client as never })).toBe('answered')
      expect(asked).toEqual([[code, everything]])
    })

    test('takes what version 0.1 stored, under the names of today', () => {
      const former = all.filter(({ name, field }) => field.formerly && isVisible(fields, name, {}))
      const stored = former.map(({ field }) => [field.formerly, exampleOf(field)])
      const today = Object.fromEntries(former.map(({ name, field }) => [name, exampleOf(field)]))
      expect(parseInput(fields, { ...required, ...Object.fromEntries(stored) })).toMatchObject(today)
    })
  },
)

test('an unknown action is refused by name', async () => {
  await expect(runAction('nope', {}, { client: {} as never })).rejects.toThrow(LowgateError)
})
