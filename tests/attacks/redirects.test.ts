// @vitest-environment happy-dom
import fc from 'fast-check'
import { beforeAll, expect } from 'vitest'
import { createRouter, createWebHistory } from 'vue-router'
import { callbackPath, loggedOutPath, type PageReference } from '../../contract/index.ts'
import { toSafeAddress } from '../../plugin/browser/addresses.ts'
import { firstProject } from '../../studio/project/first-project.ts'
import { toPublicSite } from '../../studio/project/public-site.ts'
import { createSiteRouter } from '../../studio/site/router.ts'
import { toLocation } from '../../studio/site/to-location.ts'
import { attack } from './runs.ts'

const basePath = fc.constantFrom('/', '/shop/', '/~other/', '/a/b/')

/** Pieces that addresses are bent with; joined in any order they make most known open redirects. */
const piece = fc.oneof(
  fc.constantFrom(
    '/',
    '//',
    '///',
    '\\',
    '/\\',
    '\\/',
    '.',
    '..',
    './',
    '../',
    '%2e%2e/',
    '/.',
    '/./',
    '/.//',
  ),
  fc.constantFrom(
    'evil.test',
    '@evil.test',
    ':80',
    'localhost:3000',
    'user:pass@',
    '[::1]',
    'xn--',
    '\u3002test',
  ),
  fc.constantFrom(
    'http:',
    'https:',
    'HTTPS:',
    'javascript:alert(1)',
    'data:text/html,x',
    'blob:',
    'about:blank',
    'file:',
  ),
  fc.constantFrom(
    'shop',
    '~other',
    'callback',
    'Callback',
    '%63allback',
    'logged-out',
    '?',
    '#',
    '?code=1&state=2',
    '%',
  ),
  fc.constantFrom(
    '\t',
    '\n',
    '\r',
    '\0',
    ' ',
    '%00',
    '%0d%0a',
    '%2f',
    '%2F%2F',
    '%5c',
    '\u2028',
    '\ufeff',
    '\ud800',
  ),
  fc.string({ unit: 'binary', maxLength: 3 }),
)
const bent = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''))
const target = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.tuple(fc.oneof(fc.constant(''), basePath), bent).map(([base, rest]) => base + rest),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.constant('http://localhost:3000'), bent).map(([origin, rest]) => origin + rest),
  },
  { weight: 1, arbitrary: fc.anything() },
)

attack(
  'what came through storage or a link leads to a page of this site',
  fc.property(target, basePath, (address, base) => {
    const safe = toSafeAddress(address, { basePath: base })
    expect(safe).toMatch(/^\/(?![/\\])/)
    // Wherever it is resolved again, and judged only by its letters.
    for (const from of [
      location.origin,
      `${location.origin}${base}deep/page?x#y`,
      `${location.origin}//evil.test/`,
    ]) {
      const url = new URL(safe, from)
      expect(url.origin).toBe(location.origin)
      expect(url.pathname.startsWith(base)).toBe(true)
      expect([callbackPath, loggedOutPath]).not.toContain(`/${url.pathname.slice(base.length)}`)
    }
    expect(toSafeAddress(safe, { basePath: base })).toBe(safe)
  }),
)

const pageOf = (base: string) =>
  fc
    .array(fc.stringMatching(/^[a-zA-Z0-9_~.-]{1,8}$/), { maxLength: 3 })
    .filter((parts) => !parts.some((part) => /^\.+$/.test(part) || ['callback', 'logged-out'].includes(part)))
    .map((parts) => base + parts.join('/'))

attack(
  'a page of this site does not change, query and hash included',
  fc.property(
    basePath.chain((base) => fc.record({ base: fc.constant(base), page: pageOf(base) })),
    fc.webQueryParameters(),
    fc.webFragments(),
    ({ base, page }, query, hash) => {
      const { pathname, search, hash: fragment } = new URL(`${page}?${query}#${hash}`, location.origin)
      expect(toSafeAddress(pathname + search + fragment, { basePath: base })).toBe(
        pathname + search + fragment,
      )
    },
  ),
)

attack(
  'a router that is sent where a redirect leads stays on this site',
  fc.asyncProperty(target, basePath, async (address, base) => {
    const router = createRouter({
      history: createWebHistory(base),
      routes: [{ path: '/:path(.*)*', component: {} }],
    })
    const inside = toSafeAddress(address, { basePath: base }).slice(router.options.history.base.length)
    const { path, query, hash } = router.resolve(inside)
    const { href } = router.resolve({ path, query, hash })
    const url = new URL(href, location.origin)
    expect(url.origin).toBe(location.origin)
    expect(url.pathname.startsWith(base)).toBe(true)
  }),
)

/** A site with a page behind three parameters, which links and bindings fill in. */
const site = toPublicSite(
  {
    ...firstProject,
    languages: ['en', 'de'],
    pages: firstProject.pages.map((page, index) => ({
      ...page,
      path: ['/:a', '/x/:a/:b/:c', '/'][index] ?? page.path,
    })),
  },
  { environment: 'preview', basePath: '/' },
)

const parameter = fc.oneof(bent, fc.string(), fc.constantFrom('', '.', '..', '...', 'evil.test'))

attack(
  '“Go to page” stays on this site, whatever its parameters are bound to',
  fc.property(
    fc.record({
      a: parameter,
      b: parameter,
      c: parameter,
      language: fc.constantFrom('', 'de', '..', 'evil'),
    }),
    fc.dictionary(fc.string(), parameter),
    bent,
    fc.constantFrom(...site.pages.map(({ id }) => id)),
    (params, query, hash, name) => {
      const router = createSiteRouter(site)
      let href: string
      try {
        const page = { pageId: name, params, query, hash, language: params.language } as PageReference
        href = router.resolve(toLocation(site, page, site.languages[0] ?? '')).href
      } catch (error) {
        // A parameter without a value, or half a character: the step fails with vue-router’s error.
        expect(error).toMatchObject({ message: expect.stringMatching(/address|param|match|URI/i) })
        return
      }
      expect(new URL(href, location.origin).origin).toBe(location.origin)
      expect(href).toMatch(/^\/(?![/\\])/)
    },
  ),
)

beforeAll(() => {
  location.href = 'http://localhost:3000/'
})
