import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import { exportedFiles, findUndocumented } from './undocumented.ts'

const rooms = ['contract', 'plugin', 'workflow-actions', 'editor', 'backend-proxy', 'local-tenant']
const modules = rooms.flatMap((room) =>
  readdirSync(room, { recursive: true, encoding: 'utf8' })
    .filter((path) => /(^|\/)index\.ts$/.test(path))
    .map((path) => `${room}/${path}`),
)
/** What is in there has its words elsewhere: in the proxy's OpenAPI document, and in Auth0's reference. */
const describedElsewhere = /^(contract\/proxy-api|local-tenant\/tenant\/seeds\/schema)/

it('every public option, prop, event and setting says what it does', () => {
  const files = exportedFiles(modules).filter((file) => !describedElsewhere.test(file))
  expect(files).toEqual(expect.arrayContaining(['editor/ui/LgButton.vue', 'plugin/session/types.ts']))
  expect(files.flatMap((file) => findUndocumented(file))).toEqual([])
})

const inSetup = (code: string) => `<script setup lang="ts">\n${code}\n</script>`

it.each([
  [
    'an option',
    'index.ts',
    'export interface RetryOptions {\n/** Milliseconds. */\nafter: number\nname: string }',
  ],
  ['a rule', 'index.ts', 'export type AccessRules = { name: string }'],
  ['a value of a schema', 'index.ts', 'export const settings = z.strictObject({ name: z.string() })'],
  ['a prop', 'Panel.vue', inSetup('defineProps<{ name: string }>()')],
  ['an event', 'Panel.vue', inSetup('defineEmits<{ name: [] }>()')],
  ['a named model', 'Panel.vue', inSetup("const name = defineModel<string>('name')")],
])('notices %s without a comment', (_, file, text) => {
  expect(findUndocumented(file, text)).toEqual([`${file}: name`])
})
