import { afterEach, beforeEach, expect } from 'vitest'
import type { BackendProxyConfig } from '../config.ts'
import { startStubTenant, type StubTenant } from './stub-tenant.ts'
import { at, createTestProxy, entered, type Answer, type TestProxy } from './test-proxy.ts'

const environment = '/projects/shop/environments/preview'
export const list = `${environment}/lists/applications`
export const health = `${environment}/health-check`
export const preflight = `${environment}/preflight`
/** The tenant's own path. */
export const clients = '/api/v2/clients'

export const callback = 'https://shop.acme.example/callback'
export const fixes = [{ field: 'callbacks', add: [callback] }]
export const use = {
  sites: [{ callback, logout: 'https://shop.acme.example/', webOrigin: 'https://shop.acme.example' }],
}

export interface StubStage {
  tenant: StubTenant
  proxy: TestProxy
  /** Saves the connection, and with it the secret. */
  save(more?: object): Promise<Answer>
  /** Restarts the proxy on the same data, once `meanwhile` is done with them. */
  restart(meanwhile?: (dataDir: string) => Promise<void>): Promise<void>
}

/** For each test a stub tenant and a proxy before it, whose log must not hold a secret in the end. */
export function useStubTenant(config: Partial<BackendProxyConfig> = {}): StubStage {
  const start = async (more: Partial<BackendProxyConfig> = {}) => {
    stage.proxy = await createTestProxy({ localTenants: [stage.tenant.domain], ...config, ...more })
  }
  const stop = async (keepData: boolean) => {
    expect(stage.proxy.log()).not.toContain('CANARY')
    await stage.proxy.close({ keepData })
  }
  const stage = {
    save: (more) => stage.proxy.call('PUT', at(), entered(stage.tenant.domain, more)),
    async restart(meanwhile) {
      const { dataDir } = stage.proxy
      await stop(true)
      await meanwhile?.(dataDir)
      await start({ dataDir })
    },
  } as StubStage

  beforeEach(async () => {
    stage.tenant = await startStubTenant()
    await start()
  })
  afterEach(async () => {
    await stop(false)
    await stage.tenant.close()
  })
  return stage
}
