import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, test } from '@playwright/test'
import { askSite } from './support/ask-site.ts'
import { portBase, startLowgate } from './support/lowgate.ts'

/** Runs `npm start` to its end and answers what it said on standard error. */
async function failToStart(env: Record<string, string>): Promise<{ code: number; text: string }> {
  const child = spawn('npm', ['start'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let text = ''
  child.stderr.on('data', (chunk) => (text += chunk))
  const [code] = await once(child, 'exit')
  return { code, text }
}

const answers = (url: string) =>
  askSite(url).then(
    () => true,
    () => false,
  )

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`ends everything on ${signal}`, async () => {
    const lowgate = await startLowgate()
    const urls = [
      lowgate.studio,
      lowgate.sites.production,
      lowgate.proxy,
      `http://${lowgate.tenants.preview.domain}`,
    ]
    expect(await Promise.all(urls.map(answers))).toEqual([true, true, true, true])
    await lowgate.stop(signal)
    await expect.poll(() => Promise.all(urls.map(answers))).toEqual([false, false, false, false])
  })
}

test('names a port in use and the way out', async () => {
  const other = createServer().listen(portBase, 'localhost')
  await once(other, 'listening')
  const { code, text } = await failToStart({ PORT_BASE: String(portBase) })
  other.close()
  expect(code).toBe(1)
  expect(text).toContain(`Port ${portBase} is in use`)
  expect(text).toContain(`PORT_BASE=${portBase + 100} npm start`)
})

test('refuses a second start on the same data', async () => {
  const lowgate = await startLowgate()
  const { code, text } = await failToStart({ PORT_BASE: String(portBase + 6), DATA_DIR: lowgate.dataDir })
  await lowgate.stop()
  expect(code).toBe(1)
  expect(text).toContain('Another backend proxy already uses')
})

test('refuses to let other machines into the studio without a password', async () => {
  const { code, text } = await failToStart({ PORT_BASE: String(portBase), STUDIO_HOST: '0.0.0.0' })
  expect(code).toBe(1)
  expect(text).toContain('STUDIO_HOST=0.0.0.0 lets other machines reach the studio. Set STUDIO_PASSWORD')
})
