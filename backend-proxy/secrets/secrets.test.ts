import { createHash, randomBytes } from 'node:crypto'
import { rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CompactEncrypt, decodeProtectedHeader } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { Secret } from 'lowgate/contract'
import { makeDataDir } from '../testing/test-proxy.ts'
import { createKeyring, developmentKey, type Keyring } from './keyring.ts'
import { open, seal } from './sealed-secret.ts'

const makeKey = () => randomBytes(32).toString('base64')
const key = makeKey()
const context = { project: 'shop', environment: 'preview', domain: 't.auth0.com', clientId: 'm2m' }
let keyring: Keyring
beforeAll(() => {
  keyring = createKeyring([key])
})
const failed = { code: 'proxy/decrypt-failed' }

describe('a sealed secret', () => {
  it('opens in its own place and shows nothing of itself', async () => {
    const { secret, keyId } = await seal('CANARY', context, keyring)
    expect(secret).not.toContain('CANARY')
    expect(secret).not.toContain(Buffer.from('CANARY').toString('base64url'))
    expect(keyId).toBe(keyring.current.id)
    expect((await open(secret, context, keyring)).reveal()).toBe('CANARY')
  })

  it('is another one each time', async () => {
    expect((await seal('s', context, keyring)).secret).not.toBe((await seal('s', context, keyring)).secret)
  })

  it.each(['project', 'environment', 'domain', 'clientId'] as const)(
    'does not open under another %s',
    async (part) => {
      const { secret } = await seal('s', context, keyring)
      await expect(open(secret, { ...context, [part]: 'other' }, keyring)).rejects.toMatchObject(failed)
    },
  )

  it('does not open when a single bit of any part is flipped', async () => {
    const { secret } = await seal('s', context, keyring)
    const parts = secret.split('.')
    for (const [index, part] of parts.entries()) {
      if (part === '') continue
      const bytes = Buffer.from(part, 'base64url')
      const middle = Math.floor(bytes.length / 2)
      bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle)
      const changed = parts.with(index, bytes.toString('base64url')).join('.')
      await expect(open(changed, context, keyring)).rejects.toMatchObject(failed)
    }
  })

  it.each(['', 'x', 'a.b.c.d.e', 'e30.e30.e30.e30.e30'])('does not open from %j', async (sealed) => {
    await expect(open(sealed, context, keyring)).rejects.toMatchObject(failed)
  })

  it('does not open with another key', async () => {
    const { secret } = await seal('s', context, keyring)
    await expect(open(secret, context, createKeyring([makeKey()]))).rejects.toMatchObject(failed)
  })

  it.each([
    { alg: 'dir', enc: 'A128CBC-HS256' },
    { alg: 'A256KW', enc: 'A256GCM' },
    { alg: 'A256GCMKW', enc: 'A256GCM' },
  ])('does not open from %j, even with the right key', async ({ alg, enc }) => {
    const binding = JSON.stringify(['shop', 'preview', 't.auth0.com', 'm2m'])
    const { id: kid, key: current } = keyring.current
    const sealed = await new CompactEncrypt(new TextEncoder().encode('s'))
      .setProtectedHeader({ alg, enc, kid, for: binding })
      .encrypt(current)
    await expect(open(sealed, context, keyring)).rejects.toMatchObject(failed)
  })

  it('names its key and its place in a header that is authenticated', async () => {
    const { secret } = await seal('s', context, keyring)
    expect(decodeProtectedHeader(secret)).toEqual({
      alg: 'dir',
      enc: 'A256GCM',
      kid: keyring.current.id,
      for: '["shop","preview","t.auth0.com","m2m"]',
    })
  })

  it('tells the log why it does not open, and the caller nothing of it', async () => {
    const { secret } = await seal('s', context, keyring)
    const reasonOf = async (sealed: string, ring = keyring, place = context) => {
      const error: unknown = await open(sealed, place, ring).catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ ...failed, message: 'proxy/decrypt-failed' })
      return ((error as Error).cause as Error).message
    }
    expect(await reasonOf(secret, createKeyring([makeKey()]))).toContain('is not configured')
    expect(await reasonOf(secret, keyring, { ...context, project: 'x' })).toContain('another connection')
    expect(await reasonOf('e30.e30.e30.e30.e30')).toContain('is not configured')
    expect(await reasonOf('x')).toBe('')
  })

  it('opens with an older key of the ring, while new ones are sealed with the first', async () => {
    const { secret } = await seal('s', context, keyring)
    const rotated = createKeyring([makeKey(), key])
    expect((await open(secret, context, rotated)).reveal()).toBe('s')
    expect((await seal('s', context, rotated)).keyId).not.toBe(keyring.current.id)
  })
})

describe('a keyring', () => {
  it.each([0, 16, 31, 33, 64])('takes no key of %i bytes', (length) => {
    const short = randomBytes(length).toString('base64')
    expect(() => createKeyring([short])).toThrow('An encryption key is 32 bytes in base64.')
    expect(() => createKeyring([key, short])).toThrow(TypeError)
  })

  it('names each key by a hash of it, and finds it by that name only', () => {
    const [older, oldest] = [makeKey(), makeKey()]
    const ring = createKeyring([new Secret(key), older, oldest])
    expect(ring.current.id).toMatch(/^[\w-]{11}$/)
    expect(ring.current.id).toBe(keyring.current.id)
    expect(ring.find(ring.current.id)).toBe(ring.current)
    for (const other of [older, oldest]) {
      const { id } = createKeyring([other]).current
      expect(ring.find(id)?.key.export()).toEqual(Buffer.from(other, 'base64'))
    }
    expect(ring.find('unknown')).toBe(undefined)
    const plain = createHash('sha256').update(Buffer.from(key, 'base64')).digest('base64url')
    expect(plain).not.toContain(ring.current.id)
  })
})

describe('the development key', () => {
  it('is made once, and only this user may read it', () => {
    const dataDir = makeDataDir()
    const made = developmentKey(dataDir)
    expect(Buffer.from(made.reveal(), 'base64')).toHaveLength(32)
    expect(developmentKey(dataDir).reveal()).toBe(made.reveal())
    expect(statSync(join(dataDir, 'encryption.key')).mode & 0o777).toBe(0o600)
    rmSync(dataDir, { recursive: true })
  })

  it('makes folders that only this user may open, and reads a key that ends with a line break', () => {
    const dataDir = makeDataDir()
    const inner = join(dataDir, 'a', 'b')
    const made = developmentKey(inner)
    expect(statSync(inner).mode & 0o777).toBe(0o700)
    writeFileSync(join(inner, 'encryption.key'), `${made.reveal()}\n`)
    expect(developmentKey(inner).reveal()).toBe(made.reveal())
    rmSync(dataDir, { recursive: true })
  })

  it('says what kept it from being written, not that it could not be read', () => {
    expect(() => developmentKey('/sys')).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(/E(ACCES|PERM|ROFS)/) as string,
        cause: expect.any(Error) as Error,
      }),
    )
  })

  it.each(['/dev/null', '/dev/null/lowgate'])('in %s cannot be made, and DATA_DIR is named', (dataDir) => {
    expect(() => developmentKey(dataDir)).toThrow(
      expect.objectContaining({
        name: 'ConfigError',
        message: expect.stringMatching(/^DATA_DIR cannot hold/) as string,
      }),
    )
  })
})
