import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const stored = z.object({
  /** Where the studio is, without a last slash. */
  studio: z.string(),
  /** In base64; absent once the address was opened. */
  tokenHash: z.string().optional(),
})

type Stored = z.infer<typeof stored>

const fileIn = (dataDir: string): string => join(dataDir, 'entry-link.json')
const hash = (token: string): Buffer => createHash('sha256').update(token).digest()

const write = (dataDir: string, value: Stored): void =>
  writeFileSync(fileIn(dataDir), JSON.stringify(value), { mode: 0o600 })

function read(dataDir: string): Stored | undefined {
  try {
    return stored.parse(JSON.parse(readFileSync(fileIn(dataDir), 'utf8')))
  } catch {
    return undefined
  }
}

/**
 * An address that opens the studio at `studio` once. Earlier ones stop working. Anybody who may write to
 * `dataDir` can make one: the file there keeps only its token's hash.
 */
export function createEntryLink(dataDir: string, studio: string): string {
  const token = randomBytes(32).toString('base64url')
  write(dataDir, { studio, tokenHash: hash(token).toString('base64') })
  return `${studio}/?token=${token}`
}

/** A new one for the studio that was last started with `dataDir`. @throws Error when there was none */
export function renewEntryLink(dataDir: string): string {
  const known = read(dataDir)
  if (!known) throw new Error(`No studio was started with the data in ${dataDir}.`)
  return createEntryLink(dataDir, known.studio)
}

/** Whether `token` is that of the newest address; it works no longer then. */
export function redeem(dataDir: string, token: string): boolean {
  const known = read(dataDir)
  if (!known?.tokenHash || !timingSafeEqual(hash(token), Buffer.from(known.tokenHash, 'base64'))) return false
  write(dataDir, { studio: known.studio })
  return true
}
