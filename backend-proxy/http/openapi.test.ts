import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type toWireCode, proxyApi, type Endpoint } from 'lowgate/contract/proxy-api'
import { startStubTenant } from '../testing/stub-tenant.ts'
import { at, createTestProxy, entered, type TestProxy } from '../testing/test-proxy.ts'
import { commonErrors, statusOf } from './problem.ts'

interface WithSchema {
  content: { 'application/json': { schema: z.core.JSONSchema.JSONSchema } }
}

interface Document {
  openapi: string
  paths: Record<
    string,
    Record<
      string,
      {
        operationId: string
        security?: []
        requestBody?: WithSchema
        responses: Record<string, WithSchema>
      }
    >
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
      const codes = [...endpoint.errors, ...(endpoint.isPublic ? [] : commonErrors)]
      const failures = codes.map((code) => String(statusOf[code as Parameters<typeof toWireCode>[0]]))
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

  it('takes what is sent and what is answered', async () => {
    const tenant = await startStubTenant()
    const own = await createTestProxy({ localTenants: [tenant.domain] })
    const body = entered(tenant.domain, { clientId: 'spa1', audience: 'https://api.acme.example/ü' })
    const saved = await own.call('PUT', at(), body)
    const refused = await own.call('PUT', at(), body)
    await own.close()
    await tenant.close()

    const { requestBody, responses } = document.paths[proxyApi.saveConnection.path]?.put ?? {}
    const takes = (described: WithSchema | undefined, value: unknown) =>
      described && z.fromJSONSchema(described.content['application/json'].schema).parse(value)
    expect(takes(requestBody, body)).toEqual(body)
    expect(takes(responses?.['200'], saved.body)).toEqual(saved.body)
    expect(takes(responses?.['409'], refused.body)).toEqual(refused.body)
  })
})
