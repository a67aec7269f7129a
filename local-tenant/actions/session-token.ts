import { createHmac, timingSafeEqual } from 'node:crypto'

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const sign = (text: string, secret: string) => createHmac('sha256', secret).update(text).digest('base64url')

/** A JWT signed with HS256. Our own, as an Action's `api` answers at once and every library's answer is a promise. */
export function encodeSessionToken(payload: object, secret: string): string {
  const text = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(payload)}`
  return `${text}.${sign(text, secret)}`
}

/** @throws when the token is missing, malformed, signed with another secret, or expired at this Unix second */
export function decodeSessionToken(
  token: string | undefined,
  secret: string,
  now: number,
): Record<string, unknown> {
  const [header = '', body = '', signature = '', ...rest] = token?.split('.') ?? []
  const expected = Buffer.from(sign(`${header}.${body}`, secret))
  const given = Buffer.from(signature)
  const genuine = rest.length === 0 && given.length === expected.length && timingSafeEqual(given, expected)
  if (!genuine) throw new Error('The session token is invalid: invalid signature')
  const payload = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>
  if (Number(payload.exp) <= now) throw new Error('The session token is invalid: jwt expired')
  return payload
}
