import { request } from 'node:http'
import { request as secureRequest, type RequestOptions } from 'node:https'
import { afterEach, describe, expect, test } from 'vitest'
import { createCertificate } from './certificate.ts'
import {
  bigSeed,
  demoSeed,
  startLocalTenant,
  type LocalTenant,
  type LocalTenantOptions,
  type TenantSeed,
} from './index.ts'

const seed = demoSeed('preview', { callbackOrigins: ['http://localhost:3999'] })
const started: LocalTenant[] = []
afterEach(() => Promise.all(started.splice(0).map((tenant) => tenant.close())))

async function start(
  options: Partial<LocalTenantOptions> = {},
  from: TenantSeed = seed,
): Promise<LocalTenant> {
  const tenant = await startLocalTenant(from, { port: 0, ...options })
  started.push(tenant)
  return tenant
}

const portOf = ({ url }: LocalTenant) => Number(new URL(url).port)

test('says which port is in use', async () => {
  const port = portOf(await start())
  await expect(start({ port })).rejects.toThrow(`Port ${port} is in use.`)
})

test('refuses a host that other machines can reach', async () => {
  await expect(start({ host: '0.0.0.0' })).rejects.toThrow('--allow-remote')
})

test('publishes an issuer that ends with a slash', async () => {
  const tenant = await start()
  const discovery = (await (await fetch(`${tenant.url}/.well-known/openid-configuration`)).json()) as {
    issuer: string
  }
  expect(discovery.issuer).toBe(`${tenant.url}/`)
})

test('has no control API unless asked', async () => {
  const tenant = await start()
  expect((await fetch(`${tenant.url}/control/requests`)).status).toBe(404)
})

test('answers only under its own name', async () => {
  const port = portOf(await start())
  const status = await new Promise((resolve) => {
    request({ port, host: '127.0.0.1', headers: { host: 'evil.example' } }, (response) =>
      resolve(response.statusCode),
    ).end()
  })
  expect(status).toBe(404)
})

// What it costs is measured by `npm run bench -- tenant`.
test('starts with 5,000 applications and 20,000 organizations', async () => {
  const tenant = await start({}, bigSeed(seed))
  const response = await fetch(`${tenant.url}/.well-known/jwks.json`)
  expect(response.status).toBe(200)
})

describe('https', () => {
  const ask = (url: string, options: RequestOptions) =>
    new Promise<{ status: number | undefined; location: string | undefined; body: string }>(
      (resolve, reject) => {
        const call = url.startsWith('https') ? secureRequest : request
        call(url, options, (response) => {
          let body = ''
          response.on('data', (chunk) => (body += String(chunk)))
          const { statusCode: status, headers } = response
          response.on('end', () => resolve({ status, location: headers.location, body }))
        })
          .on('error', reject)
          .end()
      },
    )
  const { client_id = '' } = seed.clients[1] ?? {}
  const login = `/authorize?${new URLSearchParams({
    ...{ client_id, response_type: 'code', redirect_uri: 'http://localhost:3999/callback' },
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  }).toString()}`

  test('is spoken with a certificate made at the start, which clients can trust', async () => {
    const tenant = await start({ https: true })
    expect(tenant.url).toBe(`https://${tenant.domain}`)
    const ca = tenant.certificate ?? ''
    const { body } = await ask(`${tenant.url}/.well-known/openid-configuration`, { ca })
    expect((JSON.parse(body) as { issuer: string }).issuer).toBe(`${tenant.url}/`)
    expect(await ask(tenant.url + login, { ca })).toMatchObject({ status: 303 })
    await expect(ask(tenant.url, {})).rejects.toThrow('certificate')
  })

  test('is believed of two tenants at once', async () => {
    const tenants = [await start({ https: true }), await start({ https: true })]
    const ca = tenants.map(({ certificate = '' }) => certificate)
    for (const { url } of tenants)
      expect((await ask(`${url}/.well-known/jwks.json`, { ca })).status).toBe(200)
  })

  test('is spoken under a public domain too, by that name', async () => {
    const port = await freePort()
    const tenant = await start({ port, https: true, publicDomain: 'tenant.localhost' })
    const options = {
      ca: tenant.certificate ?? '',
      servername: 'tenant.localhost',
      headers: { host: 'tenant.localhost' },
    }
    expect((await ask(`https://127.0.0.1:${port}/.well-known/jwks.json`, options)).status).toBe(200)
  })

  test('is spoken with a certificate that was given', async () => {
    const given = await createCertificate('localhost')
    const tenant = await start({ https: given })
    expect(tenant.certificate).toBe(given.cert)
    expect((await ask(`${tenant.url}/.well-known/jwks.json`, { ca: given.cert })).status).toBe(200)
  })

  test('is what a proxy speaks under a public domain, while the tenant speaks http', async () => {
    const port = await freePort()
    const tenant = await start({ port, publicDomain: 'tenant.localhost' })
    expect([tenant.url, tenant.domain]).toEqual(['https://tenant.localhost', 'tenant.localhost'])
    const inside = `http://127.0.0.1:${port}`
    const headers = { host: 'tenant.localhost', 'x-forwarded-host': 'evil.example' }
    const { body } = await ask(`${inside}/.well-known/openid-configuration`, { headers })
    expect((JSON.parse(body) as { issuer: string }).issuer).toBe('https://tenant.localhost/')
    const { status, location = '' } = await ask(inside + login, { headers })
    expect([status, new URL(location, tenant.url).host]).toEqual([303, 'tenant.localhost'])
  })

  test('does not excuse a public domain that others can reach', async () => {
    await expect(start({ publicDomain: 'tenant.example' })).rejects.toThrow('--allow-remote')
  })
})

async function freePort(): Promise<number> {
  const tenant = await startLocalTenant(seed, { port: 0 })
  await tenant.close()
  return portOf(tenant)
}

test('names an id that the seed holds twice', async () => {
  const twice = { ...seed, clients: [...seed.clients, ...seed.clients] }
  await expect(start({}, twice)).rejects.toThrow('two entries with the id')
})
