import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { serverLimits } from 'lowgate/contract'

/** An app that answers web-standard requests. */
export interface WebApp {
  fetch(request: Request, ...rest: never[]): Response | Promise<Response>
}

export interface Listening {
  port: number
  close(): Promise<void>
}

/** Serves `app`; port 0 takes any free one. @throws the system's error when the port is in use */
export async function listen(app: WebApp, host: string, port: number): Promise<Listening> {
  const server = createAdaptorServer({ fetch: (request) => app.fetch(request), serverOptions: serverLimits })
  // The constructor does not take all of them.
  Object.assign(server, serverLimits)
  server.listen(port, host)
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = once(server, 'close')
      server.close()
      if ('closeAllConnections' in server) server.closeAllConnections()
      await closed
    },
  }
}
