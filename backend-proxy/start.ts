import { serve } from '@hono/node-server'
import { createBackendProxy } from './backend-proxy.ts'
import { ConfigError, type BackendProxyConfig } from './config.ts'

export interface RunningBackendProxy {
  /** Without a last slash. */
  url: string
  /** Known when it was given, or made at this start because it was the first. */
  operatorToken?: string
  /** Ends open requests, then the database. */
  close(): Promise<void>
}

/**
 * Runs the backend proxy on a port, and answers once it listens.
 *
 * @throws {ConfigError} naming the setting and the cure, such as a port in use.
 * @example
 * const proxy = await startBackendProxy({ dataDir: '.data/proxy', port: 4402 })
 * console.log(proxy.url)
 * await proxy.close()
 */
export async function startBackendProxy(config: BackendProxyConfig): Promise<RunningBackendProxy> {
  const { host = '127.0.0.1', port = 4402 } = config
  const proxy = await createBackendProxy(config)
  const { app, operatorToken, isNewToken, log } = proxy
  try {
    const server = await listen(app.fetch, host, port)
    const address = server.address()
    const actualPort = typeof address === 'object' && address ? address.port : port
    const url = `http://${host.includes(':') ? `[${host}]` : host}:${String(actualPort)}`
    if (isNewToken) process.stderr.write(`Operator token (shown this once): ${String(operatorToken)}\n`)
    log.info({ url }, 'listening')
    return {
      url,
      ...(operatorToken && { operatorToken }),
      async close() {
        const closed = new Promise((resolve) => server.close(resolve))
        if ('closeIdleConnections' in server) server.closeIdleConnections()
        setTimeout(() => {
          if ('closeAllConnections' in server) server.closeAllConnections()
        }, 2_000).unref()
        await closed
        await proxy.close()
      },
    }
  } catch (error) {
    await proxy.close()
    throw error
  }
}

function listen(fetch: Parameters<typeof serve>[0]['fetch'], hostname: string, port: number) {
  return new Promise<ReturnType<typeof serve>>((resolve, reject) => {
    const server = serve({ fetch, hostname, port }, () => {
      resolve(server)
    })
    server.on('error', (cause: NodeJS.ErrnoException) => {
      reject(
        cause.code === 'EADDRINUSE'
          ? new ConfigError(`Port ${String(port)} is in use. Stop what listens there, or set another PORT.`, {
              cause,
            })
          : cause,
      )
    })
  })
}
