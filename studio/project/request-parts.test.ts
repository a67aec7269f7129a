import { expect, it } from 'vitest'
import { headerProblem } from './request-parts.ts'

it.each([
  ['X-Shop', 'north 1', true],
  ['Authorization', 'Basic YQ==', false],
  ['Content-Type', 'application/vnd.api+json', true],
  ['X-Proxy-Id', '1', true],
])('lets “%s: %s” through', (name, value, withToken) => {
  expect(headerProblem(name, value, withToken)).toBeUndefined()
})

it.each([
  ['', '1', 'cannot be the name of a header'],
  ['X Shop', '1', 'cannot be the name of a header'],
  ['X-Shop\r\nX', '1', 'cannot be the name of a header'],
  ['authorization', 'Bearer mine', 'carries the access token'],
  ['Cookie', 'a=b', 'set by the browser'],
  ['Transfer-Encoding', 'chunked', 'set by the browser'],
  ['Sec-Fetch-Site', 'none', 'set by the browser'],
  ['proxy-authorization', 'x', 'set by the browser'],
  ['X-Shop', 'a\r\nAuthorization: x', 'on one line'],
  ['X-Shop', '北京', 'without accents'],
])('says why “%s: %s” is not sent', (name, value, why) => {
  expect(headerProblem(name, value, true)).toContain(why)
})
