import { LowgateError } from 'lowgate/contract'
import { createRouter, createWebHistory, type RouteLocation, type Router } from 'vue-router'
import { splitLanguage, translated } from '../project/languages.ts'
import { contentFile, type PublicPage, type PublicSite } from '../project/public-site.ts'
import NotFound from './NotFound.vue'
import SitePage from './SitePage.vue'

/** Loads the content of a guarded page: the router asks for it once the guard has let the visitor in. */
async function loadContent(page: PublicPage, basePath: string): Promise<void> {
  try {
    const answer = await fetch(basePath + contentFile(page.id))
    if (!answer.ok) throw new Error(`The site answered ${answer.status}.`)
    page.content = await answer.json()
  } catch (cause) {
    throw new LowgateError('auth/not-loaded', { cause })
  }
}

/**
 * One route for each page, named by the page's id; every language but the first prefixes the path. The root leads to
 * the home page when no page has that path.
 */
export function createSiteRouter({ basePath, pages, languages, name, homePageId }: PublicSite): Router {
  const [, ...others] = languages
  const prefix = others.length ? `/:language(${others.join('|')})?` : ''
  const router = createRouter({
    history: createWebHistory(basePath),
    scrollBehavior: (to, _, saved) => saved ?? (to.hash ? { el: to.hash } : { top: 0 }),
    routes: [
      ...pages.map((page) => ({
        path: prefix + (prefix && page.path === '/' ? '' : page.path),
        name: page.id,
        component: page.content ? SitePage : () => loadContent(page, basePath).then(() => SitePage),
        props: { page },
        meta: { guard: page.guard },
      })),
      ...(pages.some(({ path }) => path === '/')
        ? []
        : [{ path: prefix || '/', redirect: ({ params }: RouteLocation) => ({ name: homePageId, params }) }]),
      { path: '/:path(.*)*', component: NotFound },
    ],
  })
  router.afterEach((to) => {
    const { language } = splitLanguage(to.path, languages)
    const page = pages.find(({ id }) => id === to.name)
    const title = page && (translated(page, language, 'name') ?? page.name)
    document.documentElement.lang = language
    document.title = title ? `${title} · ${name}` : name
  })
  return router
}
