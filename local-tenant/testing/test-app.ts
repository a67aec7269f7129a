import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRequire } from 'node:module'

const bundle = createRequire(import.meta.url)
  .resolve('@auth0/auth0-spa-js')
  .replace(/dist\/.*$/, 'dist/auth0-spa-js.production.js')

export interface TestApp {
  origin: string
  close(): Promise<void>
}

/** On a free port, a page at every path that only loads Auth0's browser SDK as the global `auth0`. */
export async function startTestApp(): Promise<TestApp> {
  const script = await readFile(bundle, 'utf8')
  const server = createServer((request, response) => {
    if (request.url === '/auth0.js')
      return void response.setHeader('content-type', 'text/javascript').end(script)
    response
      .setHeader('content-type', 'text/html')
      .end('<!doctype html><title>app</title><script src="/auth0.js"></script><button>go</button>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    // Another site than the tenant on `localhost`.
    origin: `http://app.localhost:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
