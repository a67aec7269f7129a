import { buildConnector, Agent, setGlobalDispatcher } from 'undici'
import { listen, settings } from './support/node.mjs'

// The tenant's public name leads to this machine here, as a line in the hosts file and a proxy would have it.
const connect = buildConnector({})
const { domain, port } = settings.tenant
setGlobalDispatcher(
  new Agent({
    connect: (options, done) =>
      connect(
        options.hostname === domain
          ? { ...options, hostname: '127.0.0.1', port, servername: domain }
          : options,
        done,
      ),
  }),
)

const { default: next } = await import('next')
const { hostname, port: ownPort } = new URL(settings.origin)
const app = next({ dev: true, dir: import.meta.dirname, hostname, port: Number(ownPort) })
await app.prepare()
listen(app.getRequestHandler())
