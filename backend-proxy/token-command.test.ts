import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBackendProxy, type RunningBackendProxy } from './start.ts'
import { makeDataDir, operatorToken } from './testing/test-proxy.ts'
import { runTokenCommand } from './token-command.ts'

const dataDir = makeDataDir()
let proxy: RunningBackendProxy

beforeAll(async () => {
  proxy = await startBackendProxy({ dataDir, port: 0, operatorToken, logLevel: 'silent' })
})
afterAll(async () => {
  await proxy.close()
  rmSync(dataDir, { recursive: true })
})

/** What `lowgate-proxy token <line>` prints, and what it says beside it. */
async function run(line: string, env: Record<string, string> = {}) {
  const notes: string[] = []
  const all = { OPERATOR_TOKEN: operatorToken, PROXY_URL: proxy.url, ...env }
  const printed = await runTokenCommand(line.split(' '), all, (text) => notes.push(text))
  return { printed, notes: notes.join('\n') }
}

const statusWith = async (token: string) => {
  const headers = { authorization: `Bearer ${token}` }
  return (await fetch(`${proxy.url}/projects/shop/connections`, { headers })).status
}

describe('lowgate-proxy token', () => {
  it('issues a token that works, lists it without showing it, and revokes it', async () => {
    const wish = '--role viewer --environments preview,staging --hours 2'
    const { printed: token, notes } = await run(`issue --project shop --label Mia ${wish}`)
    expect(await statusWith(token)).toBe(200)
    const id = token.slice(4, 20)
    expect(notes).toContain(`${id} · Mia · viewer of preview, staging · until `)
    const { printed: list } = await run('list --project shop')
    expect(list).toContain(`${id} · Mia · viewer of preview, staging · until `)
    expect(notes + list).not.toContain(token.slice(21))
    expect((await run(`revoke --project shop --id ${id}`)).printed).toBe(`Revoked ${id}.`)
    expect(await statusWith(token)).toBe(401)
    expect((await run('list --project shop')).printed).toContain(' · revoked ')
    expect((await run('list --project blog')).printed).toBe('Project blog has no editor tokens.')
  })

  it.each([
    ['--project shop', 'Say what to do: issue, list or revoke.'],
    ['steal --project shop', 'There is no command “token steal”.'],
    ['list', '--project is missing.'],
    ['list --projekt shop', "Unknown option '--projekt'"],
    ['issue --project shop', '--label: '],
    ['issue --project shop --label Mia --hours x', '--hours: '],
    ['issue --project shop --label Mia --role king', '--role: '],
    ['issue --project shop --label Mia --environments mars', '--environments.0: '],
    ['revoke --project shop', '--id is missing'],
  ])('says what is wrong with %j, and how it is used', async (line, problem) => {
    const error: unknown = await run(line).catch((thrown: unknown) => thrown)
    expect(String(error)).toContain(problem)
    expect(String(error)).toContain('lowgate-proxy token issue --project <id>')
  })

  it('names what is missing, and hands on what the proxy says', async () => {
    await expect(run('list --project shop', { OPERATOR_TOKEN: '' })).rejects.toThrow(
      'OPERATOR_TOKEN is not set',
    )
    await expect(run('list --project shop', { OPERATOR_TOKEN: 'x' })).rejects.toMatchObject({
      code: 'proxy/unauthorized',
    })
    await expect(
      run('list --project shop', { PROXY_URL: 'http://proxy.acme.example' }),
    ).rejects.toMatchObject({
      code: 'proxy/unsafe-url',
    })
  })
})
