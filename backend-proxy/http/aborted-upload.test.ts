import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBackendProxy, type BackendProxy } from '../backend-proxy.ts'
import { listen, type Listening } from './listen.ts'
import { at, makeDataDir, operatorToken } from '../testing/test-proxy.ts'

let logged = ''
let dataDir: string
let proxy: BackendProxy
let server: Listening

beforeAll(async () => {
  dataDir = makeDataDir()
  const logDestination = { write: (line: string) => void (logged += line) }
  proxy = await createBackendProxy({ dataDir, operatorToken, logLevel: 'trace' }, { logDestination })
  server = await listen(proxy.app, '127.0.0.1', 0)
})

afterAll(async () => {
  await server.close()
  await proxy.close()
  rmSync(dataDir, { recursive: true })
})

describe('an upload that its caller breaks off', () => {
  it.each(['Content-Length: 60000', 'Transfer-Encoding: chunked'])(
    'is nobody else’s fault in the log (%s)',
    async (framing) => {
      logged = ''
      const socket = connect(server.port, '127.0.0.1')
      socket.write(
        `PUT ${at()} HTTP/1.1\r\nHost: proxy\r\nAuthorization: Bearer ${operatorToken}\r\nx-lowgate: editor\r\n` +
          `Content-Type: application/json\r\n${framing}\r\n\r\n5\r\n{"dom`,
      )
      await once(socket, 'connect')
      // Given to the server before the reset arrives.
      await new Promise((resolve) => setTimeout(resolve, 200))
      socket.resetAndDestroy()
      await expect.poll(() => logged).toContain('"msg":"request"')
      const lines = logged
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { level: number; status?: number })
      expect(lines.filter(({ level }) => level >= 40)).toEqual([])
      expect(lines.map(({ status }) => status).filter(Boolean)).toEqual([400])
    },
  )
})
