import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

type Reply = (request: IncomingMessage & { text: string }, response: ServerResponse) => void

export interface StubTenant {
  domain: string
  /** Every request that arrived, such as `POST /oauth/token`. */
  requests: { line: string; headers: IncomingMessage['headers']; text: string }[]
  /** How many requests went to a path, whatever their query. */
  count(path: string): number
  /** Answers a path this way from now on. */
  on(path: string, reply: Reply): void
  close(): Promise<void>
}

export const json =
  (body: unknown, status = 200, headers: Record<string, string> = {}): Reply =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
    response.end(JSON.stringify(body))
  }

export const tokenReply = {
  access_token: 'CANARY-management-token',
  token_type: 'Bearer',
  expires_in: 86_400,
  scope: 'read:clients read:connections read:organizations read:resource_servers',
}

/**
 * A real HTTP server that answers like a tenant, until a test makes it hostile on some path. What a well-behaved
 * tenant does in full is the business of the local tenant.
 */
export async function startStubTenant(): Promise<StubTenant> {
  const replies = new Map<string, Reply>()
  const requests: StubTenant['requests'] = []
  const server = createServer((request, response) => {
    let text = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => (text += chunk))
    request.on('end', () => {
      const line = `${String(request.method)} ${String(request.url)}`
      requests.push({ line, headers: request.headers, text })
      const path = String(request.url).split('?')[0] ?? ''
      const reply = replies.get(path) ?? json({ statusCode: 404, error: 'Not Found' }, 404)
      reply(Object.assign(request, { text }), response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const domain = `127.0.0.1:${String((server.address() as AddressInfo).port)}`
  replies.set('/.well-known/openid-configuration', json({ issuer: `http://${domain}/` }))
  replies.set('/oauth/token', json(tokenReply))
  replies.set(
    '/api/v2/clients',
    json({ total: 1, start: 0, limit: 50, clients: [{ client_id: 'spa1', name: 'Shop' }] }),
  )
  return {
    domain,
    requests,
    count: (path) => requests.filter(({ line }) => line.split(/[ ?]/)[1] === path).length,
    on: (path, reply) => replies.set(path, reply),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
}
