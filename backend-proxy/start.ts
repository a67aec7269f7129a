import { createBackendProxy } from './backend-proxy.ts'
import type { BackendProxyConfig } from './config.ts'
import { listen } from './http/listen.ts'
import type { Secret } from 'lowgate/contract'

/** A backend proxy that takes requests. */
export interface RunningBackendProxy {
  /** Without a last slash. */
  url: string
  /** Known when it was given, or made at this start because it was the first. */
  operatorToken?: Secret
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
    const server = await listen(app, host, port)
    const url = `http://${host.includes(':') ? `[${host}]` : host}:${String(server.port)}`
    if (isNewToken && operatorToken)
      process.stderr.write(`Operator token (shown this once): ${operatorToken.reveal()}\n`)
    log.info({ url }, 'listening')
    return {
      url,
      operatorToken,
      async close() {
        await server.close()
        await proxy.close()
      },
    }
  } catch (error) {
    await proxy.close()
    throw error
  }
}
