import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

const STEP_SECONDS = 30
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** A new secret for an authenticator app, in Base32. */
export function newOneTimeSecret(): string {
  return [...randomBytes(32)].map((byte) => ALPHABET[byte % 32]).join('')
}

/**
 * The six digits an authenticator app shows at this second.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6238
 */
export function oneTimeCode(secret: string, now: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(now / STEP_SECONDS)))
  const digest = createHmac('sha1', decodeBase32(secret)).update(counter).digest()
  const offset = (digest.at(-1) ?? 0) & 15
  const number = digest.readUInt32BE(offset) & 0x7fffffff
  return String(number % 1_000_000).padStart(6, '0')
}

/** Whether the code is that of this half minute or of a neighbour, for clocks that are a little off. */
export function isOneTimeCode(secret: string, code: string, now: number): boolean {
  const given = Buffer.from(code.replace(/\s/g, '').padEnd(6))
  return [-STEP_SECONDS, 0, STEP_SECONDS].some((shift) => {
    const expected = Buffer.from(oneTimeCode(secret, now + shift))
    return given.length === expected.length && timingSafeEqual(given, expected)
  })
}

function decodeBase32(text: string): Buffer {
  let bits = ''
  for (const letter of text.toUpperCase().replace(/[^A-Z2-7]/g, '')) {
    bits += ALPHABET.indexOf(letter).toString(2).padStart(5, '0')
  }
  const bytes = bits.match(/.{8}/g) ?? []
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)))
}
