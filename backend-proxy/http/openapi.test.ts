import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { toWireCode } from '../../contract/proxy-api/index.ts'
import { proxyApi, type Endpoint } from '../../contract/proxy-api/index.ts'
import { createTestProxy, type TestProxy } from '../testing/test-proxy.ts'
import { statusOf } from './problem.ts'

interface Document {
  openapi: string
  paths: Record<
    string,
    Record<string, { operationId: string; security?: []; responses: Record<string, unknown> }>
  >
}

let proxy: TestProxy
let document: Document

beforeAll(async () => {
  proxy = await createTestProxy()
  document = (await proxy.call<Document>('GET', '/openapi.json')).body
})

afterAll(() => proxy.close())

describe('the OpenAPI document', () => {
  it.each(Object.entries<Endpoint>(proxyApi))(
    'describes %s with every status it answers',
    (name, endpoint) => {
      const operation = document.paths[endpoint.path]?.[endpoint.method]
      expect(operation?.operationId).toBe(name)
      expect(operation?.security).toEqual(endpoint.isPublic ? [] : undefined)
      const success = endpoint.reply ? '200' : '204'
      const failures = endpoint.errors.map((code) =>
        String(statusOf[code as Parameters<typeof toWireCode>[0]]),
      )
      expect(Object.keys(operation?.responses ?? {})).toEqual(expect.arrayContaining([success, ...failures]))
    },
  )

  it('describes nothing else', () => {
    const described = Object.values(document.paths).flatMap((methods) => Object.values(methods))
    expect(described).toHaveLength(Object.keys(proxyApi).length)
  })

  it('says which properties a body has', () => {
    expect(JSON.stringify(document.paths)).toContain('m2mClientSecret')
  })
})
