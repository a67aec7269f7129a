import { relative } from 'node:path'

const quote = (text) => `'${text.replaceAll("'", "'\\''")}'`
const literally = (text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')

function failedUnits({ testResults }) {
  return testResults.flatMap(({ name, status, assertionResults }) => {
    const command = `npx vitest run ${relative('', name)}`
    const titles = assertionResults.filter((test) => test.status === 'failed').map((test) => test.fullName)
    // The file itself could not be run.
    if (status === 'failed' && !titles.length) return [command]
    return titles.map((title) => `${command} -t ${quote(literally(title))}`)
  })
}

const specsIn = ({ suites = [], specs = [] }) => [...specs, ...suites.flatMap(specsIn)]

const failedSpecs = (report) =>
  specsIn(report)
    .filter(({ ok, tests }) => !ok || tests.some(({ status }) => status === 'flaky'))
    .map(({ file, line }) => `npx playwright test ${file}:${line}`)

/** For each test that failed in the JSON reports of Vitest and Playwright, the command that runs only it. */
export const runAgain = (vitest, playwright) => [...failedUnits(vitest), ...failedSpecs(playwright)]
