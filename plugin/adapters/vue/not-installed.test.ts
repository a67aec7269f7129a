import { expect, test } from 'vitest'
import { createApp } from 'vue'
import { LowgateError } from '../../../contract/index.ts'
import { useAuth } from './use-auth.ts'

test('says the same as the catalogue when used outside an app', () => {
  const { code, message } = new LowgateError('host/not-installed')
  expect(() => createApp({}).runWithContext(() => useAuth())).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(message) }),
  )
})
