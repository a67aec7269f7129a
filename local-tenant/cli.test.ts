import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const cli = fileURLToPath(new URL('./cli.ts', import.meta.url))

/** Runs the command until it ends. Once it has printed what is awaited, it is told to end twice, as npm and a terminal do. */
function run(args: string[], awaited?: RegExp): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', cli, ...args])
    let output = ''
    let told = false
    const collect = (chunk: Buffer) => {
      output += chunk.toString()
      if (told || !awaited?.test(output)) return
      told = child.kill('SIGTERM') && child.kill('SIGINT')
    }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, output }))
  })
}

test('prints where the tenant is and who may log in, and ends in order when told, even twice', async () => {
  const { code, output } = await run(['--port', '0'], /Domain /)
  expect(output).toMatch(/Domain {8}localhost:\d+\n/)
  expect(output).toContain('ada@acme.example / Ada-Loves-Engines-1')
  expect(code).toBe(0)
})

test.each([
  [['--port', '44oo'], '--port takes a whole number up to 65535, not "44oo".'],
  [['--prot', '4400'], "Unknown option '--prot'"],
  [['--host', '0.0.0.0'], '--allow-remote'],
])('says in one line what is wrong with %j', async (args, problem) => {
  const { code, output } = await run(args)
  expect(output).toContain(problem)
  expect(output).not.toMatch(/\n +at /)
  expect(code).toBe(1)
})
