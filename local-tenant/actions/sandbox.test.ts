import { expect, test } from 'vitest'
import { loadAction } from './sandbox.ts'

const load = (body: string, lines: string[] = []) =>
  loadAction({ name: 'mine', code: `exports.onExecutePostLogin = async (event) => { ${body} }` }, (line) =>
    lines.push(line),
  )

test.each([
  ['never ends', 'while (true) {}'],
  ['waits forever', 'await new Promise(() => {})'],
])('ends an Auth0 Action that %s', async (_, body) => {
  await expect(load(body).call('onExecutePostLogin', {}, {}, 100)).rejects.toThrow('timed out')
})

test('passes what it prints to the log, cut off where Auth0 cuts it', async () => {
  const lines: string[] = []
  await load("console.log('hello', event.name); console.log('x'.repeat(300))", lines).call(
    'onExecutePostLogin',
    { name: 'Ada' },
    {},
    1000,
  )
  expect(lines).toEqual(['[mine] hello Ada', `[mine] ${'x'.repeat(256)}`])
})
