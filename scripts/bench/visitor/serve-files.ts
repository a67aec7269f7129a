import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { brotliCompressSync } from 'node:zlib'

export interface Served {
  origin: string
  /** Bytes sent since the last reset, as the network carries them and before they were compressed. */
  sent: { bytes: number; uncompressed: number }
  close(): Promise<void>
}

const types: Record<string, string> = { js: 'text/javascript', css: 'text/css', html: 'text/html' }

/**
 * Serves texts by path on loopback, compressed with Brotli as a content delivery network would; `/index.html` answers
 * for every other path.
 *
 * @param port Default: any that is free.
 */
export async function serveFiles(texts: ReadonlyMap<string, string>, port = 0): Promise<Served> {
  const files = new Map([...texts].map(([path, text]) => [path, { text, body: brotliCompressSync(text) }]))
  const sent = { bytes: 0, uncompressed: 0 }
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const path = files.has(pathname) ? pathname : '/index.html'
    const { text, body } = files.get(path) ?? { text: '', body: Buffer.of() }
    sent.bytes += body.length
    sent.uncompressed += Buffer.byteLength(text)
    const type = types[path.split('.').at(-1) ?? ''] ?? 'text/plain'
    response.writeHead(200, { 'content-type': type, 'content-encoding': 'br', 'cache-control': 'no-store' })
    response.end(body)
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    sent,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
