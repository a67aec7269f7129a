import { createAuth0, useAuth0 } from '@auth0/auth0-vue'
import { createApp, h, ref, watch } from 'vue'
import { expectApiToken, expectEqual, renderPage, runChecks } from './support/checks.mjs'

const { origin, tenant } = window.settings

const application = {
  setup() {
    const auth0 = useAuth0()
    const { isLoading, isAuthenticated, user, error, idTokenClaims } = auth0
    const html = ref('')
    const checks = {
      'is still logged in after a reload': () => expectEqual(isAuthenticated.value, true),
      'reads the claims of an Auth0 Action': () =>
        expectEqual(idTokenClaims.value['https://lowgate.example/roles'], ['Manager']),
      'gets a token for an API': async () => expectApiToken(await auth0.getAccessTokenSilently()),
    }
    const pages = {
      '/login': () => auth0.loginWithRedirect(),
      '/logout': () => auth0.logout({ logoutParams: { returnTo: origin } }),
    }
    async function show() {
      if (isLoading.value) return
      const leave = pages[location.pathname]
      if (leave) return leave()
      const result = error.value
        ? { done: [], failed: error.value.message }
        : location.pathname === '/check'
          ? await runChecks(checks)
          : undefined
      html.value = renderPage({ user: isAuthenticated.value ? user.value.email : undefined, result })
    }
    watch(isLoading, show, { immediate: true })
    return () => h('div', { innerHTML: html.value })
  },
}

createApp(application)
  .use(
    createAuth0({
      domain: tenant.url,
      ...tenant.spa,
      authorizationParams: { redirect_uri: `${origin}/callback`, audience: 'https://api.acme.example' },
    }),
  )
  .mount('main')
