import { createHash, createSecretKey, randomBytes, type KeyObject } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigError } from '../config.ts'
import { reveal, Secret } from 'lowgate/contract'

export interface EncryptionKey {
  id: string
  /** Opaque: no dump shows its bytes. */
  key: KeyObject
}

/** The keys that secrets at rest are encrypted with: the first encrypts, all decrypt. */
export interface Keyring {
  current: EncryptionKey
  find(id: string): EncryptionKey | undefined
}

/** A keyring of `keys`, 32 bytes in base64 each. A key's id is a short hash of it, so that nobody has to name keys. */
export function createKeyring(keys: readonly [Secret | string, ...(Secret | string)[]]): Keyring {
  const [current, ...older] = [toKey(keys[0]), ...keys.slice(1).map(toKey)] as const
  const byId = new Map([current, ...older].map((key) => [key.id, key]))
  return { current, find: (id) => byId.get(id) }
}

function toKey(base64: Secret | string): EncryptionKey {
  const bytes = Buffer.from(reveal(base64), 'base64')
  if (bytes.length !== 32) throw new TypeError('An encryption key is 32 bytes in base64.')
  return {
    id: createHash('sha256').update('lowgate key id').update(bytes).digest('base64url').slice(0, 11),
    key: createSecretKey(bytes),
  }
}

/**
 * The development key in `dataDir`, made on the first start, readable only by this user.
 *
 * @throws {ConfigError} when the folder cannot be made or written.
 */
export function developmentKey(dataDir: string): Secret {
  const file = join(dataDir, 'encryption.key')
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    writeUnlessThere(file, randomBytes(32).toString('base64'))
    return new Secret(readFileSync(file, 'utf8').trim())
  } catch (cause) {
    throw new ConfigError(`DATA_DIR cannot hold the encryption key (${String(cause)}).`, { cause })
  }
}

function writeUnlessThere(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
}
