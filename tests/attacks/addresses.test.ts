// @vitest-environment happy-dom
import fc from 'fast-check'
import { isLowgateError, type AuthClient, type PageReference } from 'lowgate/contract'
import type { Session } from 'lowgate/plugin'
import { expect, vi } from 'vitest'
import { fillAddress, fillPicture, fixedOrigin } from '../../studio/project/address.ts'
import { lookUp } from '../../studio/project/bindings.ts'
import { fillInJson } from '../../studio/project/fill-in-json.ts'
import { firstProject } from '../../studio/project/first-project.ts'
import { toPublicSite } from '../../studio/project/public-site.ts'
import { callApi } from '../../studio/site/call-api.ts'
import { createSiteRouter } from '../../studio/site/router.ts'
import { toLocation } from '../../studio/site/to-location.ts'
import { runWorkflow } from '../../studio/site/workflows/run-workflow.ts'
import { attack } from './runs.ts'

const pieces =
  `.. . / // \\ %2e %2E %2f %5c %252e %25252f %c0%ae %zz ? # & = ; : @ : + , " ' < > { } {{ }} [ ] $& $1 | ~
  admin evil.test javascript: https://evil.test //evil.test data:text/html, __proto__ ． ／ ％ ％2f ℀ ‥ 。 ∕ ＼`.split(
    /\s+/,
  )
const controls = ['\n', '\r', '\t', '\0', ' ', '\u007f', '\u0085', '\u2028', '\ud800', '\udc00', '']

/** What a link may hold. */
const hostile = fc.oneof(
  fc
    .array(fc.oneof(fc.constantFrom(...pieces, ...controls), fc.string({ unit: 'binary', maxLength: 3 })), {
      maxLength: 8,
    })
    .map((parts) => parts.join('')),
  fc.stringMatching(/^[./\\%2ef5c;]{0,9}$/),
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
)
const bound = '{{ page.query.x }}'
const scopeOf = (x: unknown) => ({ page: { query: { x } } })
const wellFormed = (text: string) => text.replace(/\p{Cs}/gu, '\uFFFD')

/** What comes of it: nothing where it is refused in plain words. */
function attempt<T>(act: () => T): T | undefined {
  try {
    return act()
  } catch (error) {
    if (isLowgateError(error, 'input/invalid', 'config/page-missing')) return undefined
    throw error
  }
}

/** The segments of a path as the most careless server reads it: decoded three times, signs taken for what they look like. */
function readCarelessly(address: string): string[] {
  let path = new URL(address).pathname
  for (let pass = 0; pass < 3; pass += 1)
    path = Buffer.from(path, 'utf8')
      .toString('latin1')
      .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
      .replace(/[^]*/, (bytes) => Buffer.from(bytes, 'latin1').toString('utf8'))
  const segments: string[] = []
  for (const segment of path.normalize('NFKC').replaceAll('\\', '/').split('/')) {
    const name = segment.replace(/;.*/s, '').trim()
    if (name === '..') segments.pop()
    else if (name && name !== '.') segments.push(name)
  }
  return segments
}

attack(
  'a value stays one segment of a path for every reader',
  fc.property(hostile, fc.constantFrom('', '/', '/seen', '/a/b?c=d', '?a=1#top'), (x, rest) => {
    const address = attempt(() => fillAddress(`https://api.test:8443/v1/orders/${bound}${rest}`, scopeOf(x)))
    if (address === undefined) return
    expect(new URL(address).origin).toBe('https://api.test:8443')
    const [, ...after] = readCarelessly(`https://api.test/x${rest}`)
    expect(readCarelessly(address)).toEqual(['v1', 'orders', expect.any(String), ...after])
  }),
)

attack(
  'a value stays one parameter of a query, and arrives unchanged',
  fc.property(hostile, hostile, (x, y) => {
    const scope = { page: { query: { x, y } } }
    const address = fillAddress(
      `https://api.test/orders?a=1&x=${bound}&b={{page.query.y}}#{{page.query.y}}`,
      scope,
    )
    const url = new URL(address ?? '')
    expect([url.origin, url.pathname]).toEqual(['https://api.test', '/orders'])
    expect([...url.searchParams]).toEqual([['a', '1'], ['x', wellFormed(x)], ['b', wellFormed(y)]]) // prettier-ignore
  }),
)

attack(
  'no value changes the shape of an address, wherever its builder bound it',
  fc.property(
    fc.constantFrom(
      'https://api.test',
      'http://localhost:4000/',
      'https://',
      'https://api.test@',
      'https:\\\\api.test',
      '',
    ),
    fc.array(fc.oneof(fc.constant(bound), fc.constantFrom(...pieces)), { minLength: 1, maxLength: 7 }),
    hostile,
    (start, parts, x) => {
      const template = start + parts.join('')
      const address = attempt(() => fillAddress(template, scopeOf(x)))
      const harmless = attempt(() => fillAddress(template, scopeOf('safe')))
      if (address === undefined) return
      expect(harmless).toBeDefined()
      const [actual, expected] = [new URL(address), new URL(harmless ?? '')]
      expect(actual.origin).toBe(expected.origin)
      expect(actual.origin).toBe(fixedOrigin(template))
      expect(actual.pathname.split('/').length).toBe(expected.pathname.split('/').length)
      expect(readCarelessly(address).length).toBe(readCarelessly(harmless ?? '').length)
      expect(actual.search.split('&').length).toBe(expected.search.split('&').length)
    },
  ),
)

const asked: [url: string, init: RequestInit][] = []
vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
  asked.push([url, init])
  return new Response('{}')
})
const session = {
  createFetcher: () => ({
    fetchWithAuth: (url: string, init: { headers: Headers }) => {
      init.headers.set('authorization', 'Bearer token-of-ada')
      return fetch(url, init)
    },
  }),
} as unknown as Session

attack(
  'a workflow calls what its builder wrote, whatever the link and the visitor say',
  fc.asyncProperty(hostile, hostile, async (x, y) => {
    asked.length = 0
    const args = {
      url: `https://api.test/orders/${bound}/seen?z=${bound}`,
      query: { y: '{{ variables.y }}' },
      headers: { 'X-Y': '{{ variables.y }}' },
      method: 'POST',
      body: `{"x": "${bound}", "y": {{ variables.y }}, "by": "a builder"}`,
    }
    await runWorkflow(
      {
        id: 'w',
        trigger: { type: 'page-load', pageId: 'p' },
        steps: [{ id: 's', action: 'callApi', args, continues: true }],
      },
      {
        client: {} as AuthClient,
        scope: () => ({ ...scopeOf(x), variables: { y } }),
        site: {
          goToPage: () => expect.unreachable(),
          setVariable: () => expect.unreachable(),
          showMessage: () => expect.unreachable(),
          callApi: async (request) => callApi(request, session, new Set(['https://api.test'])),
        },
      },
    )
    for (const [url, { method, headers, body }] of asked) {
      expect([method, new URL(url).origin]).toEqual(['POST', 'https://api.test'])
      expect(readCarelessly(url)).toEqual(['orders', expect.any(String), 'seen'])
      expect([...new URL(url).searchParams].map(([name]) => name)).toEqual(y ? ['z', 'y'] : ['z'])
      const sent = Object.fromEntries(
        [...new Headers(headers)].map(([name, value]) => [name.toLowerCase(), value]),
      )
      expect(sent.authorization).toBe('Bearer token-of-ada')
      expect(Object.keys(sent).sort()).toEqual([
        'accept',
        'authorization',
        'content-type',
        ...(y ? ['x-y'] : []),
      ])
      expect(JSON.parse(String(body))).toEqual({ x, y: expect.anything(), by: 'a builder' })
    }
  }),
)

attack(
  'a value stays one value of a body of JSON',
  fc.property(
    fc.oneof(hostile, fc.json(), fc.jsonValue()),
    fc.constantFrom('"', '', '"\\\\', '"é'),
    (x, quote) => {
      const body = fillInJson(`{"a": [${quote}${bound}${quote && '"'}], "role": "visitor"}`, scopeOf(x))
      const { a, ...others } = JSON.parse(body ?? '') as { a: unknown[] }
      expect(others).toEqual({ role: 'visitor' })
      expect(a).toHaveLength(1)
      if (typeof x === 'string' && quote) expect(a).toEqual([(JSON.parse(`${quote}"`) as string) + x])
    },
  ),
)

attack(
  'no link chooses where a picture comes from',
  fc.property(fc.oneof(hostile, fc.webUrl()), (x) => {
    expect(fillPicture(bound, scopeOf(x))).toBeUndefined()
    const address = fillPicture(`https://cdn.test/a/${bound}.png`, scopeOf(x))
    if (address !== undefined) expect(readCarelessly(address)).toEqual(['a', expect.any(String)])
    const typed = fillPicture('{{ variables.x }}', { variables: { x } })
    if (typed !== undefined) expect(new URL(typed).protocol).toMatch(/^(https?|data):$/)
  }),
)

const pages = firstProject.pages.map((page) =>
  page.id === 'account' ? { ...page, path: '/orders/:id' } : page,
)
const site = toPublicSite(
  { ...firstProject, languages: ['en', 'fr'], pages },
  { environment: 'production', basePath: '/' },
)
const router = createSiteRouter(site)
// The router warns that it keeps each malformed value.
vi.spyOn(console, 'warn').mockImplementation(() => undefined)

attack(
  '“Go to page” leads to the page that its builder chose',
  fc.property(
    hostile.map(wellFormed),
    hostile.map(wellFormed),
    hostile.map(wellFormed),
    (id, hash, language) => {
      const page: PageReference = {
        pageId: 'account',
        params: { id, language },
        query: { id },
        hash,
        language,
      }
      const href = attempt(() => router.resolve(toLocation(site, page, 'en')).href)
      if (href === undefined) return
      const url = new URL(href, 'https://site.test')
      expect(url.origin).toBe('https://site.test')
      const { name, params } = router.resolve(url.pathname + url.search + url.hash)
      expect({ name, id: params.id }).toEqual({ name: 'account', id })
      expect(attempt(() => toLocation(site, id as unknown as PageReference, 'en'))).toBeUndefined()
    },
  ),
)

const inherited = fc.constantFrom('constructor', '__proto__', 'prototype', 'toString', 'length', 'name', '0')
const keys = fc.array(fc.oneof(inherited, fc.string()), { maxLength: 6 })

attack(
  'a binding reaches data, and nothing that data inherits',
  fc.property(keys, fc.constantFrom('.', '[', '].', '].['), (path, separator) => {
    const scope = JSON.parse('{"page":{"query":{"id":"7"},"list":[1,{"name":"Ada"}]},"name":"x"}') as object
    const reached = lookUp(['page', ...path].join(separator), { ...scope })
    expect(['function', 'symbol']).not.toContain(typeof reached)
    expect(reached).not.toBe(Object.prototype)
    expect(reached).not.toBe(Array.prototype)
  }),
)
