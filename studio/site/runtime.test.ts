// @vitest-environment happy-dom
import type { Lowgate } from 'lowgate/plugin'
import { afterEach, expect, it, vi } from 'vitest'
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
    client: { getAccessToken: async () => 'token-of-ada' },
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
