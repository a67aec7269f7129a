import { createApp } from 'vue'
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import { createLowgate, type Session } from 'lowgate/plugin'
import type { Environment, PublicSettings } from 'lowgate/contract'
import App from './App.vue'
import Home from './pages/Home.vue'

declare global {
  interface Window {
    /** Written into the page by its server. */
    playground: {
      settings: PublicSettings
      environment?: Environment
      base?: string
      site?: string
      second?: PublicSettings
    }
    session: Session
    partner: Session
  }
}

const { settings, environment = 'preview', base = '/', site = '', second } = window.playground

const Private = () => import('./pages/Private.vue')
const routes: RouteRecordRaw[] = [
  { path: '/', name: 'home', component: Home },
  { path: '/members', name: 'members', component: Private, meta: { guard: 'authenticated' } },
  { path: '/managers', name: 'managers', component: Private, meta: { guard: { groups: [['Manager']] } } },
  {
    path: '/orders/:id',
    name: 'order',
    component: Private,
    meta: { guard: { permissions: ['read:orders'] } },
  },
  {
    path: '/partners',
    name: 'partners',
    component: Private,
    meta: { guard: 'authenticated', instance: 'partner' },
  },
  { path: '/north', name: 'north', component: Private, meta: { guard: { organizations: ['acme-north'] } } },
  { path: '/south', name: 'south', component: Private, meta: { guard: { organizations: ['Acme-South'] } } },
  {
    path: '/regions',
    name: 'regions',
    component: Private,
    meta: { guard: { organizations: ['acme-north', 'org_acmeSouth0000001'] } },
  },
  { path: '/display', component: Private, meta: { guard: { organizations: ['Acme North'] } } },
  { path: '/safe', name: 'safe', component: Private, meta: { guard: { secondFactor: true } } },
  {
    path: '/hinted',
    name: 'hinted',
    component: Private,
    meta: {
      guard: 'authenticated',
      login: { loginHint: 'ben@acme.example', authorizationParams: { 'ext-theme': 'dark' } },
    },
  },
  { path: '/recent', name: 'recent', component: Private, meta: { guard: { maxLoginAge: 3600 } } },
  {
    path: '/team',
    component: () => import('./pages/Team.vue'),
    meta: { guard: 'authenticated' },
    children: [{ path: 'plan', name: 'plan', component: Private, meta: { guard: 'everyone' } }],
  },
  // Private, and in the way of the callback: every other address, as some apps have it.
  { path: '/:rest(.*)*', name: 'missing', component: Private, meta: { guard: 'authenticated' } },
]

const router = createRouter({ history: createWebHistory(base), routes })
const lowgate = createLowgate({ settings, router, environment, site })
window.session = lowgate.session

const app = createApp(App).use(router).use(lowgate)

// Another tenant or application on the same page, such as a partner's.
if (second) {
  const partner = createLowgate({ settings: second, router, environment, site, name: 'partner' })
  window.partner = partner.session
  app.use(partner)
}

app.mount('#app')
