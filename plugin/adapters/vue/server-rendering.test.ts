import { expect, test } from 'vitest'
import { createSSRApp, defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { renderToString } from 'vue/server-renderer'
import { createLowgate } from './create-lowgate.ts'
import { useAuth } from './use-auth.ts'

const settings = {
  connections: { production: { domain: 'acme.eu.auth0.com', clientId: 'abc' } },
  origins: { 'https://www.acme.example': 'production' as const },
}

const Home = defineComponent(() => {
  const { isAuthenticated, isLoading, user } = useAuth()
  return () => JSON.stringify([isAuthenticated.value, isLoading.value, user.value?.name ?? 'nobody'])
})
const Orders = defineComponent(() => {
  throw new Error('A private page was set up on the server.')
})

async function render(address: string) {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', component: Home },
      { path: '/orders/:id', component: Orders, meta: { guard: 'authenticated', title: 'Orders' } },
    ],
  })
  const lowgate = createLowgate({ settings, router })
  const app = createSSRApp({ render: () => h('main', h(RouterView)) })
    .use(router)
    .use(lowgate)
  await router.push(address)
  await router.isReady()
  return { html: await renderToString(app), router, ...lowgate }
}

test('a server renders a page for somebody who is not logged in', async () => {
  const { html } = await render('/')
  expect(html).toBe('<main>[false,false,&quot;nobody&quot;]</main>')
})

test.each(['/orders/1', '/orders/a&b+c%2Fd/?x=%2C', '/callback?code=abc&state=def', '/logged-out'])(
  'a server renders nothing of %s, and keeps the address',
  async (address) => {
    const { html, router } = await render(address)
    expect(html).toBe('<main><div></div></main>')
    expect(router.currentRoute.value.fullPath).toBe(address)
    expect(router.currentRoute.value.meta).toEqual({})
  },
)

test('what needs a visitor’s browser says so on a server, where nobody is logged in', async () => {
  const { session } = await render('/')
  const noBrowser = expect.objectContaining({ code: 'host/no-browser' })
  expect(await session.client.getUser()).toBe(undefined)
  await expect(session.client.loginWithPopup({})).rejects.toEqual(noBrowser)
  await expect(session.client.getAccessToken()).rejects.toEqual(noBrowser)
  await expect(session.sdk(() => Promise.resolve())).rejects.toEqual(noBrowser)
})
