import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { buildWeweb } from '../scripts/build-weweb.mjs'

/** A module of the plugin as a published site has it: without what only the editor reads. */
async function readPublished(file: string): Promise<{ default: Record<string, unknown> }> {
  const code = await readFile(file, 'utf8')
  const published = code.replace(/\/\* wwEditor:start \*\/[\s\S]*?\/\* wwEditor:end \*\//g, '')
  return import(`data:text/javascript,${encodeURIComponent(published)}`)
}

test('the build with page rules of its own is never the project’s authentication, and is the same otherwise', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'weweb-own-guards-'))
  try {
    await buildWeweb(folder, { ownGuards: true })
    const usual = await readPublished('weweb/ww-config.js')
    const { default: config } = await readPublished(join(folder, 'ww-config.js'))
    expect({ ...config, features: { auth: true } }).toEqual(usual.default)
    expect(config).not.toHaveProperty('features')
    for (const name of ['front', 'runtime', 'actions', 'editor'])
      expect(await readFile(join(folder, `src/lib/${name}.js`), 'utf8')).not.toBe('')
  } finally {
    await rm(folder, { recursive: true })
  }
})
