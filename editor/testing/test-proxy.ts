import { createServer, type IncomingHttpHeaders } from 'node:http'
import { proxyApi, type Endpoint, type ProxyApi } from 'lowgate/contract/proxy-api'

export interface Call {
  name: keyof ProxyApi
  params: Record<string, string>
  body: Record<string, unknown>
  headers: IncomingHttpHeaders
}

export type Answer = (call: Call) => unknown

/** An answer that is not a success, in the proxy's own form. */
export class Refusal {
  readonly status: number
  readonly body: Record<string, unknown>

  constructor(status: number, error: string, more: Record<string, unknown> = {}) {
    this.status = status
    this.body = {
      error,
      error_description: `It said ${error}.`,
      suggestion: `Fix ${error}.`,
      request_id: 'request-1',
      ...more,
    }
  }
}

/** An HTTP server with the proxy's routes and the test's own answers; a {@link Refusal} is not a success. */
export async function startTestProxy(answers: Partial<Record<keyof ProxyApi, Answer>> = {}) {
  const calls: Call[] = []
  const server = createServer((request, response) => {
    void (async () => {
      const cors = {
        'access-control-allow-origin': '*',
        'access-control-allow-headers': '*',
        'access-control-allow-methods': '*',
      }
      if (request.method === 'OPTIONS') return response.writeHead(204, cors).end()
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const text = Buffer.concat(chunks).toString()
      const found = match(request.method ?? '', request.url ?? '')
      const answer = found && answers[found.name]
      if (!found || !answer) return response.writeHead(404, cors).end()
      const call = { ...found, body: text ? JSON.parse(text) : {}, headers: request.headers }
      calls.push(call)
      const reply = await answer(call)
      const status = reply instanceof Refusal ? reply.status : reply === undefined ? 204 : 200
      const body = reply instanceof Refusal ? reply.body : reply
      response.writeHead(status, { ...cors, 'content-type': 'application/json' })
      return response.end(body === undefined ? undefined : JSON.stringify(body))
    })()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('The test server has no port.')
  return {
    url: `http://127.0.0.1:${address.port}`,
    calls,
    answers,
    callsOf: (name: keyof ProxyApi) => calls.filter((call) => call.name === name),
    close: () =>
      new Promise((resolve) => {
        server.close(resolve)
        server.closeAllConnections()
      }),
  }
}

export type TestProxy = Awaited<ReturnType<typeof startTestProxy>>

function match(method: string, url: string) {
  const path = url.split('?')[0] ?? ''
  for (const [name, endpoint] of Object.entries<Endpoint>(proxyApi)) {
    const pattern = endpoint.path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')
    const found = new RegExp(`^${pattern}$`).exec(path)
    if (found && endpoint.method.toUpperCase() === method)
      return { name: name as keyof ProxyApi, params: { ...found.groups } }
  }
  return undefined
}
