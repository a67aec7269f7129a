/** Changes the sources one spot at a time and asks whether a test notices: `npm run mutation [topic …]`. */
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { Stryker } from '@stryker-mutator/core'
import { topics } from '../tests/mutants/topics'

const { positionals } = parseArgs({ allowPositionals: true })
const unknown = positionals.filter((name) => !(name in topics))
if (unknown.length > 0) {
  console.error(`No such topic: ${unknown.join(', ')}. Choose from: ${Object.keys(topics).join(', ')}.`)
  process.exit(2)
}

const rows: string[] = []
for (const [name, { mutate }] of Object.entries(topics)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue
  process.env.MUTATION_TOPIC = name
  const results = await new Stryker({
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: 'tests/mutants/vitest.config.ts', related: false },
    mutate: [...mutate, '!**/*.test.ts', '!**/testing/**'],
    ignorePatterns: ['dist', 'test-results', 'docs/images', 'tests/upgrade', '.cache'],
    coverageAnalysis: 'perTest',
    concurrency: Math.max(1, availableParallelism() - 1),
    // A mutant that never ends counts as killed; one on a busy machine must not.
    timeoutMS: 60_000,
    timeoutFactor: 4,
    reporters: ['html', 'clear-text', 'progress-append-only'],
    clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
    htmlReporter: { fileName: `test-results/mutation/${name}.html` },
    tempDirName: '.cache/stryker',
    // Rooms import each other by the package's name: in the copy, that has to be the copy.
    symlinkNodeModules: false,
    // No shell runs it, so it does without spaces.
    buildCommand: `node -e require('fs').mkdirSync('node_modules');require('fs').symlinkSync('..','node_modules/lowgate')`,
  }).runMutationTest()
  const count = (...statuses: string[]) => results.filter(({ status }) => statuses.includes(status)).length
  const timeouts = count('Timeout')
  const killed = count('Killed') + timeouts
  const counted = results.length - count('Ignored', 'CompileError')
  rows.push(
    `mutation ${name} killed=${String(killed)} timeouts=${String(timeouts)} of=${String(counted)} share=${((100 * killed) / counted).toFixed(1)} %`,
  )
  if (killed / counted < 0.85) process.exitCode = 1
}
console.log(rows.join('\n'))
