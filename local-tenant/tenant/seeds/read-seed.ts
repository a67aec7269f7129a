import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { findContradictions } from './find-contradictions.ts'
import { tenantSeedSchema, type TenantSeed } from './schema.ts'

/**
 * Reads a seed file: JSON, or a module whose default export is a seed.
 *
 * @throws when the file cannot be read, or naming each entry that does not fit
 */
export async function readSeed(file: string): Promise<TenantSeed> {
  const result = tenantSeedSchema.safeParse(withoutNulls(await load(file)), { error: explainMissing })
  if (!result.success) {
    const problems = z.prettifyError(result.error)
    throw new Error(
      `The seed ${file} does not fit:\n${problems}\nThe parts are shown in docs/local-tenant.md.`,
    )
  }
  const contradictions = findContradictions(result.data)
  if (contradictions.length === 0) return result.data
  throw new Error(`The seed ${file} contradicts itself:\n${contradictions.join('\n')}`)
}

/** Auth0 shows `null` for much that is not set; here it is left out. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).filter(([, item]) => item !== null)
  return Object.fromEntries(entries.map(([name, item]) => [name, withoutNulls(item)]))
}

function explainMissing({ code, input, expected }: { code?: string; input?: unknown; expected?: unknown }) {
  if (code !== 'invalid_type') return undefined
  return input === undefined ? `Missing: add it, of the type ${String(expected)}` : undefined
}

async function load(file: string): Promise<unknown> {
  if (!file.endsWith('.json')) {
    const module = (await import(pathToFileURL(resolve(file)).href)) as { default?: unknown }
    return module.default
  }
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Error(`The seed ${file} cannot be read. Check the path after --seed.`, { cause })
  })
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Error(`The seed ${file} is not JSON (${String(cause)}). Correct it there.`, { cause })
  }
}
