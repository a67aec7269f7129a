import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import type { Server } from 'node:http'
import { connect, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startBackendProxy } from '../backend-proxy/index.ts'
import { makeDataDir } from '../backend-proxy/testing/test-proxy.ts'
import { demoSeed, startLocalTenant } from '../local-tenant/index.ts'
import { listen } from '../studio/server/listen.ts'

interface Running {
  url: string
  close(): Promise<unknown>
}

const operatorToken = 'operator-token-of-the-tests'
/** More than the buffers between two sockets take. */
const body = new Uint8Array(8_000_000)

const start: Record<string, () => Promise<Running>> = {
  async 'the backend proxy'() {
    const dataDir = makeDataDir()
    const proxy = await startBackendProxy({ dataDir, port: 0, operatorToken, logLevel: 'silent' })
    return { url: proxy.url, close: () => proxy.close().then(() => rmSync(dataDir, { recursive: true })) }
  },
  async 'the studio’s server and the sites'() {
    const answer = async (request: Request) => new Response(request.body ? await request.text() : body)
    const server = await listen({ fetch: answer }, '127.0.0.1', 0)
    return { url: `http://127.0.0.1:${server.port}`, close: () => server.close() }
  },
  'the local tenant': () => startLocalTenant(demoSeed('preview', { callbackOrigins: [] }), { port: 0 }),
}

/** The server object behind `url`, as Node hands it to a subscriber of its requests. */
async function serverAt(url: string): Promise<Server> {
  let server: Server | undefined
  const watch = (message: unknown) => ({ server } = message as { server: Server })
  subscribe('http.server.request.start', watch)
  await (await fetch(url, { headers: { connection: 'close' } })).body?.cancel()
  unsubscribe('http.server.request.start', watch)
  if (!server) throw new Error('No request arrived.')
  return server
}

const openAt = (server: Server) =>
  new Promise<number>((resolve, reject) => {
    server.getConnections((error, count) => (error ? reject(error) : resolve(count)))
  })

const head = (host: string) =>
  `PUT /projects/shop/environments/preview/connection HTTP/1.1\r\nHost: ${host}\r\nx-lowgate: editor\r\n` +
  `Authorization: Bearer ${operatorToken}\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n`

const drip = (socket: Socket, bytes: string) => {
  const timer = setInterval(() => socket.write(bytes), 100)
  socket.on('close', () => clearInterval(timer))
}

/** Ways to keep a connection without saying much. */
const slow: ((socket: Socket, host: string) => void)[] = [
  // Say nothing.
  () => undefined,
  // Drip headers.
  (socket, host) => {
    socket.write(head(host))
    drip(socket, 'x-drip: 1\r\n')
  },
  // Drip a body.
  (socket, host) => {
    socket.write(`${head(host)}\r\n`)
    drip(socket, ' ')
  },
  // Ask once and stay.
  (socket, host) => socket.resume().write(`GET /liveness HTTP/1.1\r\nHost: ${host}\r\n\r\n`),
  // Ask a second time, dripping.
  (socket, host) => {
    socket.resume().write(`GET /liveness HTTP/1.1\r\nHost: ${host}\r\n\r\n${head(host)}`)
    drip(socket, 'x-drip: 1\r\n')
  },
  // Read no answer.
  (socket, host) => socket.write(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`),
]

describe.each(Object.entries(start))('%s', (_name, run) => {
  let running: Running
  let server: Server
  const sockets: Socket[] = []

  beforeEach(async () => {
    running = await run()
    server = await serverAt(running.url)
  })

  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy()
    await running.close()
  })

  it('has limits that close whatever is slow within 30 seconds', () => {
    const { headersTimeout, requestTimeout, keepAliveTimeout, timeout, maxConnections } = server
    for (const limit of [headersTimeout, requestTimeout, keepAliveTimeout, timeout])
      expect(limit).toBeGreaterThan(0)
    expect(Math.max(headersTimeout, requestTimeout) + checkingInterval(server)).toBeLessThan(30_000)
    expect(Math.max(keepAliveTimeout, timeout)).toBeLessThan(30_000)
    expect(maxConnections).toBeGreaterThan(500)
    expect(maxConnections).toBeLessThan(10_000)
  })

  it('closes 180 connections that are slow in every way, and goes on', async () => {
    // The server's own limits, shorter, so that nobody waits for them.
    const limits = { headersTimeout: 300, requestTimeout: 600, keepAliveTimeout: 300, timeout: 900 }
    const { headersTimeout, requestTimeout, keepAliveTimeout, timeout } = server
    Object.assign(server, limits)
    const { host, port } = new URL(running.url)
    for (let index = 0; index < 180; index += 1) {
      const socket = connect(Number(port), '127.0.0.1').on('error', () => undefined)
      sockets.push(socket)
      slow[index % slow.length]?.(socket, host)
    }
    await Promise.all(sockets.map((socket) => socket.readyState === 'opening' && once(socket, 'connect')))
    await expect.poll(() => openAt(server), { timeout: 90_000, interval: 250 }).toBe(0)
    Object.assign(server, { headersTimeout, requestTimeout, keepAliveTimeout, timeout })
    expect((await fetch(`${running.url}/liveness`)).status).toBeLessThan(500)
  })
})

/** Node keeps the timer under a symbol. */
function checkingInterval(server: Server): number {
  const symbol = Object.getOwnPropertySymbols(server).find(
    ({ description }) => description === 'http.server.connectionsCheckingInterval',
  )
  const { _repeat } = (server as unknown as Record<symbol, { _repeat: number }>)[symbol ?? Symbol()] ?? {}
  return Number(_repeat)
}
