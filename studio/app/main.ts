import '@fontsource-variable/inter'
import './app.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import StudioApp from './StudioApp.vue'
import { router } from './router.ts'

createApp(StudioApp).use(createPinia()).use(router).mount('#app')
