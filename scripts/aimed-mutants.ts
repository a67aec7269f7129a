/** Builds and tests a copy of the sources once per aimed mutant: `npm run mutation:aimed [-- <text of a fault or file> …]`. */
import { spawnSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { AimedMutant } from '../tests/mutants/aimed-mutant'
import { guardMutants } from '../tests/mutants/guard-mutants'
import { sessionMutants } from '../tests/mutants/session-mutants'

const root = resolve(import.meta.dirname, '..')
const vitest = join(root, 'node_modules/vitest/vitest.mjs')
const leftOut = ['node_modules', 'dist', 'test-results', '.git', '.cache', 'tests/upgrade']
const { positionals } = parseArgs({ allowPositionals: true })

/** Whether a test in the copy notices the mutant; one that does not build is an error, not a kill. */
function isNoticed(copy: string, { tests }: AimedMutant): boolean {
  const report = join(copy, 'report.json')
  rmSync(report, { force: true })
  const options = ['--bail=1', '--reporter=json', `--outputFile=${report}`]
  const run = spawnSync(process.execPath, [vitest, 'run', ...tests, ...options], {
    cwd: copy,
    encoding: 'utf8',
  })
  try {
    return (JSON.parse(readFileSync(report, 'utf8')) as { numFailedTests: number }).numFailedTests > 0
  } catch {
    throw new Error(`The tests did not run:\n${run.stdout}\n${run.stderr}`)
  }
}

// Inside, so that it finds the dependencies.
mkdirSync(join(root, '.cache'), { recursive: true })
const copy = mkdtempSync(join(root, '.cache/mutants-'))
try {
  const filter = (path: string) => !leftOut.includes(relative(root, path))
  for (const name of readdirSync(root))
    cpSync(join(root, name), join(copy, name), { recursive: true, filter })
  // Rooms import each other by the package's name: here, that has to be the copy.
  mkdirSync(join(copy, 'node_modules'))
  symlinkSync('..', join(copy, 'node_modules/lowgate'))

  const mutants = [...guardMutants, ...sessionMutants].filter(
    ({ fault, file }) =>
      positionals.length === 0 || positionals.some((text) => `${fault} ${file}`.includes(text)),
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
    const isKilled = isNoticed(copy, mutant)
    writeFileSync(join(copy, mutant.file), source)
    if (!isKilled) survivors.push(mutant.fault)
    console.log(`${isKilled ? 'killed  ' : 'SURVIVED'} ${mutant.fault}`)
  }
  const killed = mutants.length - survivors.length
  console.log(
    `mutation aimed killed=${String(killed)} of=${String(mutants.length)} share=${((100 * killed) / mutants.length).toFixed(1)} %`,
  )
  if (killed / mutants.length < 0.85) process.exitCode = 1
} finally {
  rmSync(copy, { recursive: true })
}
