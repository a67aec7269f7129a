import '@fontsource-variable/inter'
import './site.css'
import { stripBasePath } from 'lowgate/contract'
import { createLowgate } from 'lowgate/plugin'
import { createApp } from 'vue'
import { splitLanguage } from '../project/languages.ts'
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
  site: site.projectId,
  // The login page and the like speak the language of the address that asks for them.
  pageAddress(page) {
    const { language } = splitLanguage(stripBasePath(site.basePath, location.pathname), site.languages)
    return router.resolve(runtime.linkTo({ language, ...page })).href
  },
})
const runtime = createRuntime(site, lowgate.session, router)

createApp(SiteApp).provide(runtimeKey, runtime).use(lowgate).use(router).mount('#app')
