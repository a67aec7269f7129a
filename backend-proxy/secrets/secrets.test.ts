import { randomBytes } from 'node:crypto'
import { rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeDataDir } from '../testing/test-proxy.ts'
import { createKeyring, developmentKey } from './keyring.ts'
import { open, seal } from './sealed-secret.ts'

const makeKey = () => randomBytes(32).toString('base64')
const key = makeKey()
const keyring = createKeyring([key])
const context = { project: 'shop', environment: 'preview', domain: 't.auth0.com', clientId: 'm2m' }
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

  it('opens with an older key of the ring, while new ones are sealed with the first', async () => {
    const { secret } = await seal('s', context, keyring)
    const rotated = createKeyring([makeKey(), key])
    expect((await open(secret, context, rotated)).reveal()).toBe('s')
    expect((await seal('s', context, rotated)).keyId).not.toBe(keyring.current.id)
  })
})

describe('the development key', () => {
  it('is made once, and only this user may read it', () => {
    const dataDir = makeDataDir()
    const made = developmentKey(dataDir)
    expect(developmentKey(dataDir).reveal()).toBe(made.reveal())
    expect(statSync(join(dataDir, 'encryption.key')).mode & 0o777).toBe(0o600)
    rmSync(dataDir, { recursive: true })
  })

  it.each(['/dev/null', '/dev/null/lowgate'])('in %s cannot be made, and DATA_DIR is named', (dataDir) => {
    expect(() => developmentKey(dataDir)).toThrow(/^DATA_DIR /)
  })
})
