// @vitest-environment happy-dom
import type { PageReference } from 'lowgate/contract'
import { expect, it } from 'vitest'
import { firstProject } from '../project/first-project.ts'
import { toPublicSite } from '../project/public-site.ts'
import { createSiteRouter } from './router.ts'
import { toLocation } from './to-location.ts'

const pages = firstProject.pages.map((page) =>
  page.id === 'account' ? { ...page, path: '/orders/:id' } : page,
)
const site = toPublicSite(
  { ...firstProject, languages: ['en', 'fr'], pages },
  { environment: 'production', basePath: '/' },
)
const router = createSiteRouter(site)
const addressOf = (page: PageReference, current = 'en') =>
  router.resolve(toLocation(site, page, current)).href

it.each([
  [{ pageId: 'account', params: { id: 'a/b?c#d' } }, '/orders/a%2Fb%3Fc%23d'],
  [{ pageId: 'dashboard', query: { a: 'b&c=#' } }, '/dashboard?a=b%26c=%23'],
  [{ pageId: 'dashboard', hash: '#sum' }, '/dashboard#sum'],
  [
    { pageId: 'dashboard', hash: { toString: 'mine' } as unknown as string },
    '/dashboard#{%22toString%22:%22mine%22}',
  ],
  [{ pageId: 'dashboard', hash: '/../account' }, '/dashboard#/../account'],
  [{ pageId: 'home', hash: '/evil.test' }, '/#/evil.test'],
  [{ pageId: 'dashboard', language: 'fr' }, '/fr/dashboard'],
  [{ pageId: 'dashboard', language: '..' }, '/dashboard'],
  [{ pageId: 'dashboard', params: { language: 'evil.test', id: '' } }, '/dashboard'],
])('leads %j to %s', (page, address) => {
  expect(addressOf(page)).toBe(address)
})

it('stays in the language that is shown', () => {
  expect(addressOf({ pageId: 'dashboard' }, 'fr')).toBe('/fr/dashboard')
})

it.each([{ id: '.' }, { id: '..' }, { id: '' }, {}, undefined])('refuses the parameters %j', (params) => {
  expect(() =>
    addressOf({ pageId: 'account', params: params as Record<string, string> | undefined }),
  ).toThrow('would lead to another page')
})

it.each(['gone', 'account', 7])('refuses %j in place of a page', (page) => {
  const reference = (page === 'gone' ? { pageId: page } : page) as PageReference
  expect(() => toLocation(site, reference, 'en')).toThrow('config/page-missing')
})
