/** An app as auth0-vue's own documentation writes it: its test builds it with the import changed. */
import {
  authGuard,
  createAuth0,
  createAuthGuard,
  LocalStorageCache,
  type Auth0VueClient,
  type Auth0VueClientOptions,
} from '@auth0/auth0-vue'
import { createApp } from 'vue'
import { createRouter, createWebHistory } from 'vue-router'
import App from './App.vue'
import Page from './Page.vue'

declare global {
  interface Window {
    /** Written by the test. */
    config: Auth0VueClientOptions & { keepsOwnCache?: boolean }
    auth0Vue: Auth0VueClient
  }
}

const { keepsOwnCache, ...options } = window.config
const app = createApp(App)

const login = { authorizationParams: { login_hint: 'ben@acme.example' } }
app.use(
  createRouter({
    history: createWebHistory(),
    routes: [
      { path: '/', component: Page },
      { path: '/error', component: Page },
      { path: '/profile', component: Page, beforeEnter: authGuard },
      {
        path: '/hinted',
        component: Page,
        beforeEnter: createAuthGuard({ app, redirectLoginOptions: login }),
      },
    ],
  }),
)

const auth0 = createAuth0(
  {
    ...options,
    ...(keepsOwnCache && { cache: new LocalStorageCache() }),
    authorizationParams: { redirect_uri: window.location.origin, ...options.authorizationParams },
  },
  { errorPath: '/error' },
)
window.auth0Vue = auth0
app.use(auth0)
app.mount('#app')
