import { describe, expect, it } from 'vitest'
import { addQuery, fillAddress, fillPicture, fixedOrigin } from './address.ts'

const fill = (template: string, id?: unknown) => fillAddress(template, { page: { query: { id } } })

it.each([
  ['https://api.test/{{ page.query.id }}', 'https://api.test'],
  ['https://api.test:8443?a=b', 'https://api.test:8443'],
  ['https://{{ page.query.host }}/x', undefined],
  ['https://api.test{{page.query.rest}}', undefined],
  ['https://api.test\\{{page.query.rest}}', undefined],
  ['https://ada:secret@api.test/', undefined],
  ['https://api.test;script-src', undefined],
  ['{{ variables.url }}', undefined],
  ['/orders', undefined],
  ['see https://api.test/', undefined],
  ['https://:8443/', undefined],
  [5, undefined],
  [['https://api.test/'], undefined],
])('knows the origin of %j', (url, origin) => {
  expect(fixedOrigin(url)).toBe(origin)
})

describe('an address with bindings', () => {
  it.each([
    ['https://api.test/orders/{{ page.query.id }}/seen', 'a b', 'https://api.test/orders/a%20b/seen'],
    ['https://api.test/orders/{{ page.query.id }}', 'auth0|5', 'https://api.test/orders/auth0%7C5'],
    ['https://api.test/orders/{{ page.query.id }}', '100%', 'https://api.test/orders/100%25'],
    ['https://api.test/orders/{{ page.query.id }}', 'v1.2..3', 'https://api.test/orders/v1.2..3'],
    ['https://api.test/orders/{{ page.query.id }}', 'a?b#c', 'https://api.test/orders/a%3Fb%23c'],
    ['https://api.test/o?x={{page.query.id}}', 'a&admin=1#', 'https://api.test/o?x=a%26admin%3D1%23'],
    ['https://api.test/o?x={{page.query.id}}', '../../a', 'https://api.test/o?x=..%2F..%2Fa'],
    ['https://api.test/o?x={{page.query.id}}&y=1', undefined, 'https://api.test/o?x=&y=1'],
    ['https://api.test/o?x={{page.query.id}}', '\ud800', 'https://api.test/o?x=%EF%BF%BD'],
    ['https://api.test/o?{{page.query.id}}#{{page.query.id}}', '', 'https://api.test/o?#'],
    ['https://api.test/o#{{page.query.id}}', 'a/b', 'https://api.test/o#a%2Fb'],
    ['https://api.test/acme%2F{{page.query.id}}/issues', 'shop', 'https://api.test/acme%2Fshop/issues'],
    ['https://api.test/orders{{page.query.id}}', undefined, 'https://api.test/orders'],
  ])('encodes, in %s, %j for its place', (template, id, address) => {
    expect(fill(template, id)).toBe(address)
  })

  it.each([
    '..',
    '.',
    '../../admin/delete-me?x=',
    'a/b',
    '/admin',
    'a\\b',
    '%2e%2e',
    '%2e%2e%2fadmin',
    '%252e%252E%255cadmin',
    '%zz%2fadmin',
    '..;',
    '..;a=b',
    '.. ',
    '．．',
    '‥',
    'a／b',
    '%c0%EF%BC%8Fadmin',
    '％2e％2e％2fadmin',
    '℀',
    'a\nb',
    'a\u0000',
    '%00',
    `%${'25'.repeat(9)}2f`,
  ])('refuses %j as a part of a path, where some server would read another path', (id) => {
    for (const template of [
      'https://api.test/orders/{{ page.query.id }}/seen',
      'https://api.test/{{page.query.id}}',
    ])
      expect(() => fill(template, id)).toThrow('would lead to another address')
  })

  it.each([
    ['https://api.test/.{{page.query.id}}/admin', '.'],
    ['https://api.test/%2{{page.query.id}}/admin', 'e'],
    ['https://api.test/a%2{{page.query.id}}admin', 'F'],
    ['https://api.test/%2e{{page.query.id}}/admin', '.'],
    ['https://api.test/acme%2F{{page.query.id}}/admin', '..'],
  ])(
    'refuses, in %s, a value that leads out of the path together with the text around it',
    (template, id) => {
      expect(() => fill(template, id)).toThrow('would lead to another address')
    },
  )

  it('says, when it refuses, which field and what the visitor can do', () => {
    expect(() => fill('https://api.test/{{ page.query.id }}', '..')).toThrow(
      expect.objectContaining({ code: 'input/invalid', field: 'url' }),
    )
  })

  it('is none while a path segment has no value', () => {
    expect(fill('https://api.test/orders/{{ page.query.id }}/seen')).toBeUndefined()
    expect(fill('https://api.test/orders/{{ page.query.id }}', '')).toBeUndefined()
  })

  it.each(['https://{{ page.query.id }}/x', '{{ page.query.id }}', 'javascript:{{ page.query.id }}'])(
    'is refused without a fixed host: %s',
    (template) => {
      expect(() => fill(template, 'evil.test')).toThrow('a host that no binding can change')
    },
  )
})

it('adds parameters to a query, encoded, and leaves out those without a value', () => {
  expect(addQuery('https://api.test/o?a=%20#top', { 'b&c': 'd&e=f', g: '' })).toBe(
    'https://api.test/o?a=%20&b%26c=d%26e%3Df#top',
  )
  expect(addQuery('https://api.test/o', { a: '1', b: '2' })).toBe('https://api.test/o?a=1&b=2')
  expect(addQuery('https://api.test/o?', {})).toBe('https://api.test/o?')
  expect(addQuery('https://api.test/o', {})).toBe('https://api.test/o')
})

describe('the address of a picture', () => {
  const scope = {
    auth: { user: { picture: 'https://pictures.test/ada.png' } },
    page: { query: { id: '../x', src: 'https://evil.test/x.png' } },
    variables: {
      svg: 'data:image/svg+xml,<svg/>',
      script: 'javascript:alert("https://a.test")',
      http: 'http://a.test/x.png',
      list: ['https://a.test'],
      text: 'data:text/html,x',
    },
  }

  it.each([
    ['https://cdn.test/logo.png', 'https://cdn.test/logo.png'],
    ['{{ auth.user.picture }}', 'https://pictures.test/ada.png'],
    ['{{ variables.svg }}', 'data:image/svg+xml,<svg/>'],
    ['{{ page.query.src }}', undefined],
    ['{{ variables.script }}', undefined],
    ['{{ variables.text }}', undefined],
    ['{{ variables.http }}', 'http://a.test/x.png'],
    ['{{ variables.list }}', undefined],
    ['https://cdn.test/{{ page.query.id }}.png', undefined],
    ['https://{{ page.query.src }}/', undefined],
    ['/logo.png', undefined],
  ])('is, for %s, %s', (template, address) => {
    expect(fillPicture(template, scope)).toBe(address)
  })
})
