import { describe, expect, test } from 'vitest'
import { runtimeTriggers, runtimeVariables } from '../../contract/index.ts'
import manifest from '../../manifest.json' with { type: 'json' }
import schemas from '../../schemas.json' with { type: 'json' }
import { createState } from '../../plugin/session/loader.ts'

const references = [...Object.values(manifest.runtime), ...manifest.panels.map(({ component }) => component)]
const entries: Record<string, () => Promise<object>> = {
  'lowgate/plugin': () => import('lowgate/plugin'),
  '@lowgate/editor': () => import('@lowgate/editor'),
  'lowgate/workflow-actions': () => import('lowgate/workflow-actions'),
}

describe('what the manifest names can be imported', () => {
  test.each(references)('%s', async (reference) => {
    const [entry = '', name = ''] = reference.split('#')
    expect(await entries[entry]?.()).toHaveProperty(name)
  })
})

test.each(manifest.panels)(
  'the panel $code takes its props, and takes and hands out its models',
  async ({ component, props, models }) => {
    const [entry = '', name = ''] = component.split('#')
    const exported = (await entries[entry]?.()) as Record<
      string,
      { props: Record<string, { required?: boolean }>; emits?: string[] }
    >
    const { props: taken = {}, emits = [] } = exported[name] ?? {}
    const described = [...props, ...models].map(({ name, required }) => [name, required])
    const real = Object.entries(taken).filter(([name]) => !name.endsWith('Modifiers'))
    expect(described.sort()).toEqual(real.map(([name, { required = false }]) => [name, required]).sort())
    for (const model of models) expect(emits).toContain(`update:${model.name}`)
  },
)

test('every definition that is referred to is among the schemas', () => {
  const references = [...JSON.stringify(schemas).matchAll(/"\$ref":"#\/\$defs\/(\w+)"/g)].map(
    ([, name]) => name,
  )
  const payloads = manifest.triggers.flatMap(({ schema }) => schema ?? [])
  expect(Object.keys(schemas.$defs)).toEqual(expect.arrayContaining([...references, ...payloads]))
  expect(references).toContain('PageReference')
})

test('the variables of the manifest are what the session keeps', () => {
  // For developers only: a builder has the same claims in the user, and no use for the token.
  const kept = Object.keys(createState()).filter((name) => name !== 'idTokenClaims')
  expect(runtimeVariables.map(({ name }) => name)).toEqual(kept)
  expect(manifest.variables).toEqual(runtimeVariables)
  expect(manifest.triggers).toEqual(runtimeTriggers)
})
