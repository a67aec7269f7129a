import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { clients, packageOf } from './clients.ts'
import { runChecks } from './support/checks.mjs'
import { toTable } from './table.ts'

test('the documentation shows every client at the version that is checked', async () => {
  const page = await readFile('docs/local-tenant.md', 'utf8')
  const shown = [...page.matchAll(/^\| `([^`]+)` +\| ([\d.]+)(?= ).*\| (passes|fails).*\|$/gm)]
  expect(shown.map(([, name, version]) => ({ name, version }))).toEqual(clients.map(packageOf))
})

test('a failure is told with what went well before', async () => {
  const client = { packages: { 'some-client': '1.2.3' }, runs: 'program' as const }
  const result = await runChecks({
    'logs in': () => undefined,
    'refreshes a token': () => Promise.reject(new Error('no token')),
    'logs out': () => undefined,
  })
  expect(
    toTable([[client, result]])
      .split('\n')
      .at(-1),
  ).toBe('| `some-client` | 1.2.3 | logs in | fails: refreshes a token: no token |')
})
