import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createProject, toEditorHost } from './project.ts'

const site = { origin: 'https://www.acme.example', basePath: '/shop/' }
const hostOf = (getPagePath: (id: string, language: string) => unknown) => {
  const getInfo = () => ({ id: 'project', homePageId: 'home', langs: [{ lang: 'en' }, { lang: 'fr' }] })
  const getPages = () => [
    { id: 'home', paths: { default: '' } },
    { id: 'about', paths: { default: 'about' } },
  ]
  vi.stubGlobal('wwLib', { wwWebsiteData: { getInfo, getPages }, wwPageHelper: { getPagePath } })
  const publicData = { settings: { connections: {} }, sites: { production: site }, landingPageId }
  return toEditorHost(createProject({ publicData }, () => undefined))
}
let landingPageId: string
beforeEach(() => void (landingPageId = 'gone'))
afterEach(() => void vi.unstubAllGlobals())

test('a landing page that is gone gives way to the home page', () => {
  const { production } = hostOf((id, language) => `/${language}/${id === 'home' ? '' : 'x/'}`).sites
  expect(production?.landings).toEqual(['/shop/en/', '/shop/fr/'])
})

test('a page whose own path is its id keeps its address', () => {
  landingPageId = 'about'
  expect(hostOf(() => '/about/').sites.production?.landings).toEqual(['/shop/about/', '/shop/about/'])
})

test('a site of which WeWeb tells no landing is not checked, since it has no /callback either', () => {
  expect(hostOf(() => undefined).sites).toEqual({})
  expect(hostOf(() => '/home').sites).toEqual({})
})
