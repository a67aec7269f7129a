import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterAll, describe, expect, it } from 'vitest'
import { databases } from '../../backend-proxy/testing/databases.ts'
import { createTestProxy, type TestProxy } from '../../backend-proxy/testing/test-proxy.ts'

const postgres = databases.find(({ name }) => name.startsWith('PostgreSQL'))

/** Forwards between the proxy and its database, so that a test can cut the connection. */
async function startForwarder(target: URL, port = 0): Promise<{ port: number; stop(): Promise<void> }> {
  const sockets = new Set<Socket>()
  const server: Server = createServer((incoming) => {
    const outgoing = connect(Number(target.port), target.hostname)
    for (const socket of [incoming, outgoing]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
    }
    incoming.pipe(outgoing).pipe(incoming)
  }).listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

describe.skipIf(postgres?.skip)('a database that is down', () => {
  let proxy: TestProxy
  let drop: () => Promise<void>

  afterAll(async () => {
    await proxy.close()
    await drop()
  })

  it('is told as 503 without a word of the database, and is used again when it is back', async () => {
    const database = await postgres?.create()
    if (!database) throw new Error('There is no PostgreSQL.')
    drop = () => database.drop()
    const url = new URL(String(database.config.databaseUrl))
    const forwarder = await startForwarder(new URL(url))
    url.port = String(forwarder.port)
    proxy = await createTestProxy({ databaseUrl: url.href })
    const read = () => proxy.call('GET', '/projects/shop/connections')
    expect((await read()).status).toBe(200)

    await forwarder.stop()
    for (const answer of [await read(), await read(), await proxy.call('GET', '/readiness')]) {
      expect(answer).toMatchObject({ status: 503, body: { error: 'not_ready' } })
      expect(answer.text).not.toMatch(/ECONN|127\.0\.0\.1|connections/)
    }
    expect((await proxy.call('GET', '/liveness')).status).toBe(200)

    const again = await startForwarder(new URL(String(database.config.databaseUrl)), forwarder.port)
    expect((await read()).status).toBe(200)
    await proxy.close()
    await again.stop()
    proxy = await createTestProxy()
  })
})
