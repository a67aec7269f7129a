// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import { firstProject } from '../project/first-project.ts'
import { toPublicSite } from '../project/public-site.ts'
import { createSiteRouter } from './router.ts'

const routerOf = (languages: string[]) => {
  const pages = firstProject.pages.map((page) => (page.path === '/' ? { ...page, path: '/home' } : page))
  return createSiteRouter(
    toPublicSite({ ...firstProject, languages, pages }, { environment: 'production', basePath: '/' }),
  )
}

it.each([
  [['en'], '/', '/home'],
  [['en', 'fr'], '/', '/home'],
  [['en', 'fr'], '/fr', '/fr/home'],
])('leads from the root to the home page, with the languages %j from %s', async (languages, from, to) => {
  const router = routerOf(languages)
  await router.push(`${from}?a=b`)
  expect(router.currentRoute.value.fullPath).toBe(`${to}?a=b`)
})
