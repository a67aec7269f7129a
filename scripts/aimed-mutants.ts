/** Builds and tests a copy of the sources once per aimed mutant: `npm run mutation:aimed [-- --only <text>]`. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { AimedMutant } from '../tests/mutants/aimed-mutant'
import { guardMutants } from '../tests/mutants/guard-mutants'
import { sessionMutants } from '../tests/mutants/session-mutants'

const root = resolve(import.meta.dirname, '..')
const leftOut = ['node_modules', 'dist', 'test-results', '.git', '.cache', 'tests/upgrade']
const { only } = parseArgs({ options: { only: { type: 'string', default: '' } } }).values

interface Report {
  numFailedTests: number
  numPassedTests: number
}

/** Runs the mutant's tests in the copy; a mutant that does not build is an error, not a kill. */
function test(copy: string, { tests }: AimedMutant): Report {
  const report = join(copy, 'report.json')
  rmSync(report, { force: true })
  const run = spawnSync('npx', ['vitest', 'run', ...tests, '--reporter=json', `--outputFile=${report}`], {
    cwd: copy,
    encoding: 'utf8',
  })
  try {
    return JSON.parse(readFileSync(report, 'utf8')) as Report
  } catch {
    throw new Error(`The tests did not run:\n${run.stdout}\n${run.stderr}`)
  }
}

const copy = mkdtempSync(join(tmpdir(), 'mutants-'))
try {
  cpSync(root, copy, {
    recursive: true,
    filter: (path) => !leftOut.includes(relative(root, path)),
  })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))

  const mutants = [...guardMutants, ...sessionMutants].filter(({ fault, file }) =>
    `${fault} ${file}`.includes(only),
  )
  const survivors: string[] = []
  for (const mutant of mutants) {
    const source = readFileSync(join(copy, mutant.file), 'utf8')
    if (source.split(mutant.from).length !== 2)
      throw new Error(`“${mutant.from}” has to occur once in ${mutant.file}.`)
    writeFileSync(
      join(copy, mutant.file),
      source.replace(mutant.from, () => mutant.to),
    )
    const { numFailedTests, numPassedTests } = test(copy, mutant)
    writeFileSync(join(copy, mutant.file), source)
    const killed = numFailedTests > 0
    if (!killed) survivors.push(mutant.fault)
    console.log(
      `${killed ? 'killed  ' : 'SURVIVED'} ${mutant.fault} (${String(numFailedTests)} of ${String(numFailedTests + numPassedTests)} tests failed)`,
    )
  }
  const killed = mutants.length - survivors.length
  console.log(
    `mutation aimed killed=${String(killed)} of=${String(mutants.length)} share=${((100 * killed) / mutants.length).toFixed(1)} %`,
  )
  if (killed / mutants.length < 0.85) process.exitCode = 1
} finally {
  rmSync(copy, { recursive: true })
}
