import { runtimeTriggers, runtimeVariables, type ManifestVariable } from '../contract/index.ts'
import { actionDefinitions } from '../workflow-actions/definitions.ts'
import { toWewebEntry } from '../workflow-actions/projections/to-weweb-entry.ts'

const types: Record<ManifestVariable['type'], [name: string, defaultValue: unknown]> = {
  object: ['object', null],
  boolean: ['boolean', false],
  array: ['array', []],
  text: ['string', ''],
}

const variables = runtimeVariables.map(({ name, type }) => {
  const [wewebType, defaultValue] = types[type]
  return { name, value: name, type: wewebType, defaultValue }
})

const triggers = runtimeTriggers.map(({ name, event }) => ({ label: name, value: event, event: null }))

const toJson = (value: unknown) => JSON.stringify(value, null, 4)
const indent = (text: string, by: number) => text.replaceAll('\n', `\n${' '.repeat(by)}`)

/** What is between the marks never reaches a visitor, in whose main script this file is. */
const actions = actionDefinitions.map((definition) => {
  const { copilot, name, ...entry } = toWewebEntry(definition)
  const lines = Object.entries(entry).map(([key, value]) => `${key}: ${JSON.stringify(value)},`)
  return [
    '{',
    ...lines.map((line) => `    ${line}`),
    '    /* wwEditor:start */',
    `    name: ${JSON.stringify(name)},`,
    `    edit: actionForms.${entry.code},`,
    `    getIsValid: (args) => isComplete('${entry.code}', args),`,
    `    copilot: ${indent(toJson(copilot), 4)},`,
    '    /* wwEditor:end */',
    '}',
  ].join('\n')
})

/** WeWeb's `ww-config.js`: what its editor and a published site read of the plugin. */
export const wewebConfig = `// Made by scripts/generate.ts from the definitions: do not edit.
/* wwEditor:start */
import { actionForms, isComplete, settingsPanels } from './src/components.js';
/* wwEditor:end */

export default {
    features: { auth: true },
    /* wwEditor:start */
    editor: { settings: settingsPanels },
    triggers: ${indent(toJson(triggers), 4)},
    /* wwEditor:end */
    variables: ${indent(toJson(variables), 4)},
    actions: [
        ${actions.map((action) => `${indent(action, 8)},`).join('\n        ')}
    ],
};`
