import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Kysely } from 'kysely'
import { reveal, Secret } from 'lowgate/contract'
import { keepFirst } from '../storage/settings.ts'
import type { Schema } from '../storage/schema.ts'

/** What the database keeps of a token. A token has too much chance in it to be guessed from its hash. */
export const hash = (token: string): Buffer => createHash('sha256').update(token).digest()

/** Compares in a time that tells nothing of the expected token. */
export const createTokenCheck = (expected: Buffer) => (token: string) =>
  timingSafeEqual(hash(token), expected)

/**
 * The hash that an operator's token must have, and the token itself where it is known: given, or made just now at
 * the first start. The database keeps only the hash.
 */
export async function operatorToken(
  db: Kysely<Schema>,
  given: Secret | string | undefined,
): Promise<{ expected: Buffer; token?: Secret; isNew: boolean }> {
  if (given) return { expected: hash(reveal(given)), token: new Secret(reveal(given)), isNew: false }
  const token = `lgo_${randomBytes(32).toString('base64url')}`
  const { value, created } = await keepFirst(db, 'operator-token-hash', hash(token).toString('base64'))
  return {
    expected: Buffer.from(value, 'base64'),
    isNew: created,
    token: created ? new Secret(token) : undefined,
  }
}
