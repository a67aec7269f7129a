import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { tenantSeedSchema, type TenantSeed } from './schema.ts'

/**
 * Reads a seed file: JSON, or a module whose default export is a seed.
 *
 * @throws when the file cannot be read, or naming each entry that does not fit
 */
export async function readSeed(file: string): Promise<TenantSeed> {
  const result = tenantSeedSchema.safeParse(await load(file))
  if (result.success) return result.data
  throw new Error(`The seed ${file} does not fit:\n${z.prettifyError(result.error)}`)
}

async function load(file: string): Promise<unknown> {
  if (!file.endsWith('.json')) {
    const module = (await import(pathToFileURL(resolve(file)).href)) as { default?: unknown }
    return module.default
  }
  const text = await readFile(file, 'utf8')
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Error(`The seed ${file} is no JSON: ${String(cause)}`, { cause })
  }
}
