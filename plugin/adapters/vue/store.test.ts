// @vitest-environment happy-dom
import { createPinia } from 'pinia'
import { expect, test } from 'vitest'
import { createApp } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { createLowgate } from '../../index.ts'
import { useAuthStore } from './store.ts'

const router = () => createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: {} }] })

test('the store follows the session and offers what can be done with it', () => {
  const lowgate = createLowgate({ settings: { connections: {} }, router: router() })
  const app = createApp({}).use(createPinia()).use(lowgate)
  const store = app.runWithContext(() => useAuthStore())
  expect(store).toMatchObject({ isAuthenticated: false, isLoading: false, roles: [] })
  Object.assign(lowgate.session.state, { isAuthenticated: true, roles: ['editor'] })
  expect(store).toMatchObject({ isAuthenticated: true, roles: ['editor'] })
  expect(store.loginWithRedirect).toBeTypeOf('function')
})

test('without a connection every action says so, and the events tell it', async () => {
  const { session } = createLowgate({ settings: { connections: {} }, router: router() })
  const heard: string[] = []
  session.on('error', ({ code }) => heard.push(code))
  await expect(session.client.logout({ mode: 'local' })).rejects.toMatchObject({
    code: 'config/no-connection',
  })
  expect(await session.client.getUser()).toBeUndefined()
  expect(session.state).toMatchObject({ isLoading: false, error: { code: 'config/no-connection' } })
  expect(new Set(heard)).toEqual(new Set(['config/no-connection']))
})
