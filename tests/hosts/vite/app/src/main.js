import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { createRouter, createWebHistory } from 'vue-router'
import { createLowgate } from 'lowgate/plugin'
import App from './App.vue'
import Home from './Home.vue'

const { AUTH0_DOMAIN: domain, AUTH0_CLIENT_ID: clientId } = import.meta.env
const settings = {
  connections: { production: { domain, clientId } },
  rolesClaim: 'https://lowgate.example/roles',
}
const Private = () => import('./Private.vue')

const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', name: 'home', component: Home },
    { path: '/members', name: 'Members', component: Private, meta: { guard: 'authenticated' } },
    { path: '/managers', name: 'Managers', component: Private, meta: { guard: { groups: [['Manager']] } } },
  ],
})

createApp(App).use(createPinia()).use(router).use(createLowgate({ settings, router })).mount('#app')
