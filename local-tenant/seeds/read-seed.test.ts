import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readSeed } from './read-seed.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seed-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function write(name: string, content: string): Promise<string> {
  const file = join(folder, name)
  await writeFile(file, content)
  return file
}

test('reads JSON and keeps fields that it does not know', async () => {
  const file = await write('seed.json', '{"clients":[{"client_id":"a","name":"A","jwks":1}]}')
  expect(await readSeed(file)).toEqual({ clients: [{ client_id: 'a', name: 'A', jwks: 1 }] })
})

test('reads the default export of a module', async () => {
  const file = await write('seed.mjs', 'export default { clients: [{ client_id: "a", name: "A" }] }')
  expect((await readSeed(file)).clients[0]?.name).toBe('A')
})

test('names each entry that does not fit', async () => {
  const file = await write(
    'bad.json',
    '{"clients":[{"client_id":"a","name":"A","callbacks":"x"}],"client":[]}',
  )
  await expect(readSeed(file)).rejects.toThrow(/callbacks[\s\S]*|client/)
  await expect(readSeed(file)).rejects.toThrow('clients[0].callbacks')
})

test('says when a file is no JSON', async () => {
  await expect(readSeed(await write('broken.json', '{'))).rejects.toThrow('is no JSON')
})

test('reads the example of the documentation', async () => {
  const page = await readFile(new URL('../../docs/local-tenant.md', import.meta.url), 'utf8')
  const example = /```json\n(.*?)```/s.exec(page)?.[1] ?? ''
  expect((await readSeed(await write('example.json', example))).clients).toHaveLength(2)
})
