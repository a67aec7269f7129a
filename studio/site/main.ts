import '@fontsource-variable/inter'
import './site.css'
import { createLowgate } from 'lowgate/plugin'
import { createApp } from 'vue'
import type { PublicSite } from '../project/public-site.ts'
import SiteApp from './SiteApp.vue'
import { createSiteRouter } from './router.ts'
import { createRuntime, runtimeKey } from './runtime.ts'

const site = JSON.parse(document.getElementById('site')?.textContent ?? '') as PublicSite
const router = createSiteRouter(site)
const lowgate = createLowgate({
  settings: site.settings,
  router,
  environment: site.environment,
})

createApp(SiteApp)
  .provide(runtimeKey, createRuntime(site, lowgate.session, router))
  .use(lowgate)
  .use(router)
  .mount('#app')
