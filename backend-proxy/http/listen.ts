import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { serverLimits } from 'lowgate/contract'
import { ConfigError } from '../config.ts'

export interface Listening {
  port: number
  /** Gives open requests two seconds. */
  close(): Promise<void>
}

/** Serves `app`; port 0 takes any free one. @throws {ConfigError} when the port is in use */
export async function listen(
  app: { fetch: Parameters<typeof createAdaptorServer>[0]['fetch'] },
  host: string,
  port: number,
): Promise<Listening> {
  const server = createAdaptorServer({ fetch: app.fetch, serverOptions: serverLimits }) as Server
  // The constructor does not take all of them.
  Object.assign(server, serverLimits)
  server.listen(port, host)
  try {
    await once(server, 'listening')
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause
    throw new ConfigError(`Port ${String(port)} is in use. Stop what listens there, or set another PORT.`, {
      cause,
    })
  }
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeIdleConnections()
      setTimeout(() => {
        server.closeAllConnections()
      }, 2_000).unref()
      await closed
    },
  }
}
