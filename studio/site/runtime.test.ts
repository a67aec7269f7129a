// @vitest-environment happy-dom
import { LowgateError } from 'lowgate/contract'
import type { Lowgate } from 'lowgate/plugin'
import { afterEach, expect, it, vi } from 'vitest'
import { shallowReactive } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { firstProject } from '../project/first-project.ts'
import { toPublicSite } from '../project/public-site.ts'
import { createRuntime } from './runtime.ts'

afterEach(() => vi.unstubAllGlobals())

it('sends a visitor’s access token to no API that is only called', async () => {
  const fetched = vi.fn<typeof fetch>(async () => new Response('{}'))
  vi.stubGlobal('fetch', fetched)
  const session = {
    state: {},
    client: {},
    createFetcher: () => ({
      fetchWithAuth: (address: string, init: { headers: Headers }) => {
        init.headers.set('authorization', 'Bearer token-of-ada')
        return fetch(address, init)
      },
    }),
    on: () => undefined,
  } as unknown as Lowgate['session']
  const site = {
    ...toPublicSite(firstProject, { environment: 'production', basePath: '/' }),
    apiOrigins: ['https://orders.test', 'https://weather.test'],
    tokenOrigins: ['https://orders.test'],
  }
  const { callApi } = createRuntime(
    site,
    session,
    createRouter({ history: createMemoryHistory(), routes: [] }),
  )
  const refused = callApi({ url: 'https://weather.test/', withToken: true })
  await expect(refused).rejects.toMatchObject({ code: 'input/invalid', field: 'url' })
  expect(fetched).not.toHaveBeenCalled()
  await callApi({ url: 'https://orders.test/', withToken: true })
  expect(new Headers(fetched.mock.calls[0]?.[1]?.headers).get('authorization')).toBe('Bearer token-of-ada')
})

it.each([
  ['auth/framed', [{ label: 'Open in a new window', href: location.href }]],
  ['auth/failed', []],
] as const)('after %s, a message leaves the visitor the ways on %j', async (code, ways) => {
  const session = {
    state: {},
    client: { loginWithRedirect: () => Promise.reject(new LowgateError(code)) },
    on: () => undefined,
  } as unknown as Lowgate['session']
  const site = {
    ...toPublicSite(firstProject, { environment: 'production', basePath: '/' }),
    workflows: [
      {
        id: 'w',
        trigger: { type: 'click' as const, blockId: 'enter' },
        steps: [{ id: 'step', action: 'loginWithRedirect', args: {} }],
      },
    ],
  }
  const router = createRouter({ history: createMemoryHistory(), routes: [] })
  const { click, messages } = createRuntime(site, session, router)
  await click('enter')
  await expect.poll(() => messages[0]).toMatchObject({ tone: 'error', ways })
})

it('lets bindings read the words of the session’s last error', async () => {
  const listeners = new Map<string, (payload: unknown) => void>()
  const state = shallowReactive({ error: undefined as unknown })
  const session = {
    state,
    client: {},
    on: (event: string, listener: (payload: unknown) => void) => listeners.set(event, listener),
  } as unknown as Lowgate['session']
  const site = {
    ...toPublicSite(firstProject, { environment: 'production', basePath: '/' }),
    workflows: [
      {
        id: 'w',
        trigger: { type: 'session' as const, event: 'error' as const },
        steps: [
          {
            id: 'tell',
            action: 'showMessage',
            args: { title: '{{ auth.error.message }}', text: '{{ event.code }} {{ event.suggestion }}' },
          },
        ],
      },
    ],
  }
  const { messages } = createRuntime(
    site,
    session,
    createRouter({ history: createMemoryHistory(), routes: [] }),
  )
  state.error = new LowgateError('auth/popup-closed')
  listeners.get('error')?.(state.error)
  await expect
    .poll(() => messages[0])
    .toMatchObject({
      title: 'The login window was closed before login was finished.',
      text: 'auth/popup-closed Try again when you like.',
    })
})
