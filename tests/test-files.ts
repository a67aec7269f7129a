import { readdirSync, readFileSync } from 'node:fs'

const elsewhere = ['node_modules', 'dist', 'test-results']
const files = readdirSync('.', { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !elsewhere.includes(entry.name))
  .flatMap(({ name }) =>
    readdirSync(name, { encoding: 'utf8', recursive: true }).map((path) => `${name}/${path}`),
  )
  .filter((path) => path.endsWith('.test.ts'))
const filesWith = (text: RegExp) => files.filter((path) => text.test(readFileSync(path, 'utf8')))

/** They drive a real browser: all of them the same one, in profiles of their own. */
export const browser = filesWith(/\b(useSite\(|setStage\(|useEditor\(|browserEndpoint\b)/)
/** They need a document, and say so on their first line. */
export const dom = filesWith(/@vitest-environment happy-dom/)
export const node = files.filter((path) => ![...browser, ...dom].includes(path))
