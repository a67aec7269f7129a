import { createHash, createHmac, pbkdf2Sync, scryptSync, timingSafeEqual } from 'node:crypto'
import { compare } from 'bcryptjs'
import { runPostChangePassword } from '../actions/run-trigger.ts'
import { endSessions } from './live-sessions.ts'
import type { User } from './seeds/schema.ts'
import type { RunningTenant } from './tenant.ts'
import { connectionNameOf } from './users.ts'

interface Encoded {
  value: string
  encoding?: BufferEncoding | undefined
}

/** Auth0's `custom_password_hash` of an imported user. */
export interface CustomHash {
  algorithm: string
  hash: Encoded & { digest?: string | undefined; key?: Encoded | undefined }
  salt?: (Encoded & { position?: 'prefix' | 'suffix' | undefined }) | undefined
  password?: { encoding: BufferEncoding | 'ucs2' } | undefined
  keylen?: number | undefined
  cost?: number | undefined
  blockSize?: number | undefined
  parallelization?: number | undefined
}

/** Gives a new password, which ends every session. */
export function setPassword(tenant: RunningTenant, user: User, password: string): void {
  user.password = password
  delete user.password_hash
  delete user.custom_password_hash
  user.last_password_reset = tenant.clock.iso()
  endSessions(tenant, ({ userId }) => userId === user.user_id, 'password-changed')
  runPostChangePassword(
    tenant,
    user,
    tenant.directory.connections.named(connectionNameOf(tenant.directory, user)),
  )
}

/**
 * Whether the password is the user's: in plain text, or as an import brought its hash. Never for `argon2`, `ldap` and
 * `md4`, which Auth0 checks too.
 */
export async function hasPassword(user: User, password: string): Promise<boolean> {
  if (user.password !== undefined) return user.password === password
  if (typeof user.password_hash === 'string') return compare(password, user.password_hash)
  const custom = user.custom_password_hash as CustomHash | undefined
  if (custom?.algorithm === 'bcrypt') return compare(password, custom.hash.value)
  if (custom?.algorithm === 'pbkdf2') return matchesPhc(custom.hash.value, password)
  const expected = custom && computeHash(custom, password)
  if (!custom || !expected) return false
  const actual = decode({ encoding: 'hex', ...custom.hash })
  return actual.length === expected.length && timingSafeEqual(actual, expected)
}

function computeHash(custom: CustomHash, password: string): Buffer | undefined {
  const { algorithm, hash, salt, keylen = 64, cost = 16_384, blockSize = 8, parallelization = 1 } = custom
  const plain = Buffer.from(password, custom.password?.encoding ?? 'utf8')
  const pepper = salt ? decode({ encoding: 'utf8', ...salt }) : Buffer.alloc(0)
  const salted = salt?.position === 'suffix' ? [plain, pepper] : [pepper, plain]
  switch (algorithm) {
    case 'md5':
    case 'sha1':
    case 'sha256':
    case 'sha512':
      return createHash(algorithm).update(Buffer.concat(salted)).digest()
    case 'hmac':
      return createHmac(hash.digest ?? 'sha256', decode({ encoding: 'utf8', value: '', ...hash.key }))
        .update(Buffer.concat(salted))
        .digest()
    case 'scrypt':
      return scryptSync(plain, pepper, keylen, { cost, blockSize, parallelization, maxmem: 1 << 28 })
    default:
      return undefined
  }
}

/** Auth0 wants PBKDF2 in the PHC form `$pbkdf2-sha512$i=100000,l=64$salt$hash`. */
function matchesPhc(text: string, password: string): boolean {
  const [, digest, iterations, salt = '', hash = ''] =
    /^\$pbkdf2-(\w+)\$i=(\d+)(?:,l=\d+)?\$([^$]+)\$([^$]+)$/.exec(text) ?? []
  if (!digest) return false
  const key = Buffer.from(hash, 'base64')
  return pbkdf2Sync(password, Buffer.from(salt, 'base64'), Number(iterations), key.length, digest).equals(key)
}

function decode({ value, encoding = 'utf8' }: Encoded): Buffer {
  return Buffer.from(value, encoding)
}
