import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { phoneNumber } from '../tenant/phone-number.ts'
import type { RowError } from '../tenant/jobs.ts'
import type { Connection, User } from '../tenant/seeds/schema.ts'
import { findUser } from '../tenant/users.ts'
import { gravatar } from './user-shape.ts'
import { merge } from './merge.ts'
import { omit } from './omit.ts'
import type { ApiRequest } from './operation.ts'

const hash = z.strictObject({
  algorithm: z.enum([
    'argon2',
    'bcrypt',
    'hmac',
    'ldap',
    'md4',
    'md5',
    'sha1',
    'sha256',
    'sha512',
    'pbkdf2',
    'scrypt',
  ]),
  hash: z.strictObject({
    value: z.string(),
    encoding: z.enum(['base64', 'hex', 'utf8']).optional(),
    digest: z.string().optional(),
    key: z
      .strictObject({ value: z.string(), encoding: z.enum(['base64', 'hex', 'utf8']).optional() })
      .optional(),
  }),
  salt: z
    .strictObject({
      value: z.string(),
      encoding: z.enum(['base64', 'hex', 'utf8']).optional(),
      position: z.enum(['prefix', 'suffix']).optional(),
    })
    .optional(),
  password: z
    .strictObject({ encoding: z.enum(['ascii', 'utf8', 'utf16le', 'ucs2', 'latin1', 'binary']) })
    .optional(),
  keylen: z.number().int().optional(),
  cost: z.number().int().optional(),
  blockSize: z.number().int().optional(),
  parallelization: z.number().int().optional(),
})
const factor = z
  .strictObject({
    totp: z.strictObject({ secret: z.string().regex(/^[A-Z2-7]+$/) }).optional(),
    phone: z.strictObject({ value: phoneNumber }).optional(),
    email: z.strictObject({ value: z.email() }).optional(),
  })
  .refine((value) => Object.keys(value).length > 0)
const row = z.strictObject({
  email: z.email(),
  email_verified: z.boolean().optional(),
  phone_number: phoneNumber.optional(),
  phone_verified: z.boolean().optional(),
  user_id: z.string().min(1).max(255).optional(),
  username: z.string().min(1).max(128).optional(),
  given_name: z.string().max(150).optional(),
  family_name: z.string().max(150).optional(),
  name: z.string().max(300).optional(),
  nickname: z.string().max(300).optional(),
  picture: z.url().optional(),
  blocked: z.boolean().optional(),
  app_metadata: z.record(z.string(), z.unknown()).optional(),
  user_metadata: z.record(z.string(), z.unknown()).optional(),
  password_hash: z
    .string()
    .regex(/^\$2[ab]\$10\$[./A-Za-z0-9]{53}$/)
    .optional(),
  custom_password_hash: hash.optional(),
  mfa_factors: z.array(factor).min(1).max(10).optional(),
})
type Row = z.infer<typeof row>

interface Import {
  text: string
  connection: Connection
  upsert: boolean
}

/** Runs an import: a bad row is reported with its codes, and does not stop the rest. @throws when the file is not a list */
export function importUsers(
  { tenant, index }: Pick<ApiRequest<unknown>, 'tenant' | 'index'>,
  { text, connection, upsert }: Import,
) {
  const rows: unknown = parse(text)
  if (!Array.isArray(rows))
    throw new Error('Failed to parse users file JSON when importing users. Make sure it is valid JSON.')
  const { users } = tenant.directory
  const summary = { failed: 0, updated: 0, inserted: 0, total: rows.length }
  const errors: RowError[] = []
  const now = tenant.clock.iso()

  function fail(user: unknown, problems: RowError['errors']) {
    summary.failed += 1
    errors.push({ user: withoutSecrets(user), errors: problems })
  }
  for (const raw of rows) {
    const result = row.safeParse(raw)
    if (!result.success) {
      fail(raw, result.error.issues.map(toProblem))
      continue
    }
    const person = { ...result.data, email: result.data.email.toLowerCase() }
    const existing = findUser(tenant.directory, connection, person.email)
    const id = `auth0|${person.user_id ?? randomBytes(12).toString('hex')}`
    const usernameTaken =
      person.username !== undefined &&
      [...users.values()].some((user) => user.username === person.username && user !== existing)
    if (existing && !upsert)
      fail(raw, [
        { code: 'DUPLICATED_USER', message: 'The user already exist and upsert parameter is false' },
      ])
    else if (!existing && users.has(id))
      fail(raw, [
        { code: 'CONFLICT', message: 'A user with the same user_id already exists', path: 'user_id' },
      ])
    else if (!existing && usernameTaken)
      fail(raw, [
        {
          code: 'CONFLICT_USERNAME',
          message: 'A user with the same username already exists',
          path: 'username',
        },
      ])
    else if (existing) {
      index.changing(users, existing.user_id)
      update(existing, person, now)
      summary.updated += 1
    } else {
      const user = toUser(person, id, connection, now)
      index.changing(users, id)
      users.set(id, user)
      summary.inserted += 1
    }
  }
  return { summary, errors }
}

const ignoredByUpsert = [
  ...['blocked', 'username', 'phone_number', 'phone_verified', 'user_id', 'password_hash'],
  ...['custom_password_hash', 'mfa_factors'],
]

/** Documented: metadata is replaced, `email_verified` reset; block, username, phone, id and hash are ignored. */
function update(user: User, person: Row, now: string): void {
  const profile = omit(person, ...ignoredByUpsert)
  merge(user, profile, ['app_metadata', 'user_metadata'])
  user.email_verified = person.email_verified ?? false
  user.updated_at = now
  enrol(user, person.mfa_factors)
}

function toUser(person: Row, user_id: string, connection: Connection, now: string): User {
  const { mfa_factors, ...profile } = person
  const user = {
    created_at: now,
    updated_at: now,
    email_verified: false,
    name: person.email,
    nickname: person.email.split('@')[0],
    picture: gravatar(person.email),
    ...profile,
    user_id,
    connection: connection.name,
  } as User
  enrol(user, mfa_factors)
  return user
}

function enrol(user: User, factors: Row['mfa_factors']): void {
  const secret = factors?.find(({ totp }) => totp)?.totp?.secret
  if (secret) user.otp_secret = secret
}

/** Auth0's code for what a schema found. */
function toProblem(issue: z.core.$ZodIssue): RowError['errors'][number] {
  const path = issue.path.map(String).join('.')
  const last = String(issue.path.at(-1) ?? '')
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined && last === 'email'
        ? { code: 'ANY_OF_MISSING', message: 'Missing required property: email', path }
        : issue.expected === 'object'
          ? { code: 'OBJECT_REQUIRED', message: `Expected type object`, path }
          : { code: 'INVALID_TYPE', message: `Expected type ${issue.expected}`, path }
    case 'unrecognized_keys':
      return {
        code: 'NOT_PASSED',
        message: `Additional properties not allowed: ${issue.keys.join(',')}`,
        path,
      }
    case 'invalid_value':
      return { code: 'ENUM_MISMATCH', message: 'No enum match', path }
    case 'too_big':
      if (issue.origin === 'array') return { code: 'ARRAY_LENGTH_LONG', message: 'Array is too long', path }
      return { code: issue.origin === 'string' ? 'MAX_LENGTH' : 'MAXIMUM', message: issue.message, path }
    case 'too_small':
      if (issue.origin === 'array') return { code: 'ARRAY_LENGTH_SHORT', message: 'Array is too short', path }
      return { code: issue.origin === 'string' ? 'MIN_LENGTH' : 'MINIMUM', message: issue.message, path }
    case 'invalid_format':
      return issue.format === 'regex'
        ? { code: 'PATTERN', message: `String does not match pattern`, path }
        : { code: 'FORMAT', message: `Object didn't pass validation for format ${issue.format}`, path }
    default:
      return path.startsWith('mfa_factors')
        ? { code: 'MFA_FACTORS_FAILED', message: issue.message, path }
        : { code: 'NOT_PASSED', message: issue.message, path }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function withoutSecrets(user: unknown): unknown {
  if (typeof user !== 'object' || user === null) return user
  const { password_hash, custom_password_hash, ...shown } = user as Record<string, unknown>
  return {
    ...shown,
    ...((password_hash ?? custom_password_hash) !== undefined && { password_hash: '*****' }),
  }
}
