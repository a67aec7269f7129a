/**
 * Page views a second that a server lets through, 50 at a time: with our verifier; without any verification; with Express
 * and Auth0's middleware; and with the three calls to the tenant that WeWeb's server makes for each private page. In turn,
 * each a process of its own, against a tenant that answers at once.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { installApart } from '../install-apart.ts'
import { median, report } from './lists/report.ts'

const rounds = 5
const duration = 2_000
const connections = 50
const visitors = 100

const { privateKey, publicKey } = await generateKeyPair('RS256')
const jwk = { ...(await exportJWK(publicKey)), kid: 'bench', use: 'sig', alg: 'RS256' }
let calls = 0
const tenant = createServer((request, response) => {
  calls += 1
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify(answers[new URL(request.url ?? '/', issuer).pathname] ?? []))
})
await once(tenant.listen(0, '127.0.0.1'), 'listening')
const domain = `127.0.0.1:${String((tenant.address() as AddressInfo).port)}`
const issuer = `http://${domain}/`
const answers: Record<string, object> = {
  '/.well-known/openid-configuration': { issuer, jwks_uri: `${issuer}.well-known/jwks.json` },
  '/.well-known/jwks.json': { keys: [jwk] },
  '/userinfo': { sub: 'auth0|ada' },
  '/oauth/token': { access_token: 'a-token-of-the-benchmark' },
}

const tokens = await Promise.all(
  Array.from({ length: visitors }, (_, at) =>
    new SignJWT({ azp: 'client', scope: 'openid profile', permissions: ['read:orders'] })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: jwk.kid })
      .setIssuer(issuer)
      .setSubject(`auth0|${String(at)}`)
      .setAudience(['https://api.acme.example', `${issuer}userinfo`])
      .setIssuedAt()
      .setExpirationTime('2h')
      .sign(privateKey),
  ),
)

/** Views within the duration, over sockets of our own: an HTTP client would be the slowest part. */
async function countViews(port: number): Promise<number> {
  let views = 0
  const end = performance.now() + duration
  const visit = async (at: number) => {
    const socket = connect(port, '127.0.0.1').setNoDelay()
    const ended = once(socket, 'close')
    const ask = (token = '') =>
      socket.write(`GET / HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\n\r\n`)
    let turn = at
    ask(tokens[turn % visitors])
    socket.on('data', (answer) => {
      if (answer.toString('latin1', 0, 12) !== 'HTTP/1.1 200')
        socket.destroy(new Error(answer.toString('latin1')))
      else if (performance.now() > end) socket.destroy()
      else {
        views += 1
        turn += connections
        ask(tokens[turn % visitors])
      }
    })
    await ended
  }
  await Promise.all(Array.from({ length: connections }, (_, at) => visit(at)))
  return (views * 1000) / duration
}

const folder = await installApart('bench-verify', {
  dependencies: { express: '5.3.0', 'express-oauth2-jwt-bearer': '1.10.0' },
})
const kinds = ['ours', 'bare-node', 'express', 'three-calls'] as const
const servers = await Promise.all(
  kinds.map(async (kind) => {
    const program = fileURLToPath(new URL('verify/server.ts', import.meta.url))
    const child = fork(program, [kind, domain, folder])
    const [port] = (await once(child, 'message')) as [number]
    await countViews(port) // so that the first round finds compiled code
    return { kind, child, port, rates: [] as number[], calls: 0, views: 0 }
  }),
)
for (let round = 0; round < rounds; round += 1)
  for (const server of servers) {
    calls = 0
    const rate = await countViews(server.port)
    server.rates.push(rate)
    server.calls += calls
    server.views += (rate * duration) / 1000
  }

const [ours, ...anchors] = servers
if (ours) {
  for (const { kind, rates } of anchors)
    report(`verify-against-${kind}`, 1e6 / median(ours.rates), 1e6 / median(rates), 'µs')
  const perThousand = servers.map(
    ({ kind, calls: made, views }) => `${kind} ${((made * 1000) / views).toFixed(2)}`,
  )
  console.log(`# calls to the tenant for 1,000 views: ${perThousand.join(', ')}`)
  console.log(
    `# views a second: ${servers.map(({ kind, rates }) => `${kind} ${median(rates).toFixed(0)}`).join(', ')}`,
  )
}
for (const { child } of servers) child.kill()
tenant.close()
