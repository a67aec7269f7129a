import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Secret } from 'lowgate/contract'
import { openStorage, type Storage } from '../storage/database.ts'
import { makeDataDir } from '../testing/test-proxy.ts'
import { createTokenCheck, operatorToken } from './operator-token.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest()

let dataDir: string
let storage: Storage

beforeEach(async () => {
  dataDir = makeDataDir()
  storage = await openStorage({ dataDir })
})
afterEach(async () => {
  await storage.close()
  rmSync(dataDir, { recursive: true })
})

const settings = () => storage.db.selectFrom('settings').selectAll().execute()

describe('the operator token', () => {
  it.each(['given', new Secret('given')])('is the given one, and nothing of it is saved', async (given) => {
    const { expected, token, isNew } = await operatorToken(storage.db, given)
    expect(token?.reveal()).toBe('given')
    expect(isNew).toBe(false)
    expect(expected).toEqual(sha256('given'))
    expect(await settings()).toEqual([])
  })

  it.each([undefined, ''])(
    'is made at the first start without one (%j), and known only then',
    async (given) => {
      const made = await operatorToken(storage.db, given)
      const token = made.token?.reveal() ?? ''
      expect(token).toMatch(/^lgo_[\w-]{43}$/)
      expect(made.isNew).toBe(true)
      expect(made.expected).toEqual(sha256(token))
      expect(JSON.stringify(await settings())).toContain(sha256(token).toString('base64'))
      expect(JSON.stringify(await settings())).not.toContain(token)
      const later = await operatorToken(storage.db, given)
      expect(later).toEqual({ expected: made.expected, isNew: false })
    },
  )

  it('is checked by its hash', () => {
    const isToken = createTokenCheck(sha256('right'))
    expect(isToken('right')).toBe(true)
    for (const wrong of ['', 'Right', 'right ', sha256('right').toString()])
      expect(isToken(wrong)).toBe(false)
  })
})
