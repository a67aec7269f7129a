import { expect, test } from 'vitest'
import { createApp } from 'vue'
import { useAuth } from './use-auth.ts'

test('says that the plugin is missing when used outside an app', () => {
  expect(() => createApp({}).runWithContext(() => useAuth())).toThrow(
    expect.objectContaining({ code: 'host/not-installed' }),
  )
})
