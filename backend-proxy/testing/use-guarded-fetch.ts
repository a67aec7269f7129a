import { afterEach, beforeEach } from 'vitest'
import { createGuardedFetch, type GuardedFetch, type GuardedFetchOptions } from '../tenant/guarded-fetch.ts'
import { startStubTenant, type StubTenant } from './stub-tenant.ts'

/** Of the test that runs: a tenant, a fetch that may reach it, and an address of it. */
export let tenant: StubTenant
export let guarded: GuardedFetch
export let url: string

export const create = (options: Partial<GuardedFetchOptions> = {}): GuardedFetch =>
  createGuardedFetch({
    rule: { suffixes: [], localTenants: new Set([tenant.domain]) },
    timeout: 10_000,
    ...options,
  })

/** Gives each test of a file its own. */
export function useGuardedFetch(): void {
  beforeEach(async () => {
    tenant = await startStubTenant()
    guarded = create()
    url = `https://${tenant.domain}/x`
  })

  afterEach(async () => {
    await guarded.close()
    await tenant.close()
  })
}

export const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'answered',
    (error: unknown) => (error as { code: string }).code,
  )
