import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import ts from 'typescript'
import { beforeAll, describe, expect, it } from 'vitest'
import { collectExamples } from './collect.ts'

const folder = '.cache/examples'
const examples = collectExamples().map((example, at) => ({ ...example, file: `${folder}/example-${at}.ts` }))

describe('every example compiles', () => {
  const problems = new Map<string, string[]>()

  beforeAll(() => {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    for (const { file, code } of examples) writeFileSync(file, `${code}\nexport {}\n`)
    // Here and not among the types: anywhere else it would hide a missing file.
    const vueFiles = `${folder}/vue-files.d.ts`
    writeFileSync(
      vueFiles,
      "declare module '*.vue' { const component: import('vue').Component; export default component }",
    )
    const { options } = ts.parseJsonConfigFileContent(
      { extends: '../../tsconfig.json' },
      ts.sys,
      `${process.cwd()}/${folder}`,
    )
    const files = [...examples.map(({ file }) => file), 'tests/examples/given.d.ts', vueFiles]
    const program = ts.createProgram(files, { ...options, noEmit: true })
    for (const { file } of examples) {
      const source = program.getSourceFile(file)
      const diagnostics = [
        ...program.getSyntacticDiagnostics(source),
        ...program.getSemanticDiagnostics(source),
      ]
      problems.set(
        file,
        diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
      )
    }
  })

  it('finds examples to compile', () => {
    expect(examples.length).toBeGreaterThan(15)
  })

  it.each(examples)('$place', ({ file }) => {
    expect(problems.get(file)).toEqual([])
  })
})
