import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { runAgain } from './run-again.mjs'

const test = (fullName: string, status: string) => ({ fullName, status })
const spec = (line: number, ok: boolean, status: string) => ({
  file: 'login.spec.ts',
  line,
  ok,
  tests: [{ status }],
})

it('names each failed test with the command that runs only it', () => {
  const vitest = {
    testResults: [
      {
        name: 'a.test.ts',
        status: 'failed',
        assertionResults: [test('fails', 'failed'), test('passes', 'passed')],
      },
      { name: 'broken.test.ts', status: 'failed', assertionResults: [] },
      { name: 'b.test.ts', status: 'passed', assertionResults: [test('passes', 'passed')] },
    ],
  }
  const playwright = {
    suites: [
      {
        specs: [spec(1, true, 'expected'), spec(2, false, 'unexpected')],
        suites: [{ specs: [spec(3, true, 'flaky')] }],
      },
    ],
  }
  expect(runAgain(vitest, playwright)).toEqual([
    "npx vitest run a.test.ts -t 'fails'",
    'npx vitest run broken.test.ts',
    'npx playwright test login.spec.ts:2',
    'npx playwright test login.spec.ts:3',
  ])
})

it('takes a title literally, in the shell and in the pattern', () => {
  const title = `doesn't cost $5 (or more?) in "C:\\"`
  const vitest = {
    testResults: [{ name: 'a.test.ts', status: 'failed', assertionResults: [test(title, 'failed')] }],
  }
  const [command = ''] = runAgain(vitest, {})
  const pattern = execFileSync('sh', ['-c', command.replace(/^.* -t /, 'printf %s ')], { encoding: 'utf8' })
  expect(title).toMatch(new RegExp(`^${pattern}$`))
})
