import { describe, expect, test } from 'vitest'
import { runtimeTriggers, runtimeVariables } from '../../contract/index.ts'
import manifest from '../../manifest.json' with { type: 'json' }
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
  'the panel $code takes and hands out its models',
  async ({ component, models }) => {
    const [entry = '', name = ''] = component.split('#')
    const exported = (await entries[entry]?.()) as Record<string, { props: object; emits: string[] }>
    for (const model of models) {
      expect(exported[name]?.props).toHaveProperty(model)
      expect(exported[name]?.emits).toContain(`update:${model}`)
    }
  },
)

test('the variables of the manifest are what the session keeps', () => {
  // For developers only: a builder has the same claims in the user, and no use for the token.
  const kept = Object.keys(createState()).filter((name) => name !== 'idTokenClaims')
  expect(runtimeVariables.map(({ name }) => name)).toEqual(kept)
  expect(manifest.variables).toEqual(runtimeVariables)
  expect(manifest.triggers).toEqual(runtimeTriggers)
})
