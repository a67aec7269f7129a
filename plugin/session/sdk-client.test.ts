// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest'
import { createSdkClient } from './sdk-client.ts'
import { createState } from './loader.ts'
import type { ConnectedContext } from './types.ts'

test('asks a tenant for second factors under its own domain, as for passkeys', async () => {
  const asked = vi.fn((url: string) => Promise.resolve(Response.json({ url })))
  vi.stubGlobal('fetch', asked)
  const client = createSdkClient({
    settings: { connections: {} },
    connection: { domain: 'acme.eu.auth0.com', clientId: 'client' },
    environment: 'production',
    host: { basePath: '/', pageAddress: () => '/', navigate: () => Promise.resolve() },
    state: createState(),
    listeners: new Set(),
    followsLogin: false,
  } satisfies ConnectedContext)
  await client.mfa.enroll({ mfaToken: 'token', factorType: 'otp' }).catch(() => undefined)
  expect(asked.mock.calls.map(([url]) => url)).toEqual(['https://acme.eu.auth0.com/mfa/associate'])
})
