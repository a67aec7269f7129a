/** A stand-in for an Auth0 tenant, for development and tests. Start it with {@link startLocalTenant}. */
export { startLocalTenant, type LocalTenant, type LocalTenantOptions } from './start-local-tenant.ts'
export type { Certificate } from './certificate.ts'
export { connectControl, type TenantControl } from './control/client.ts'
export type { Fault, RequestEntry } from './control/state.ts'
export { demoSeed, type DemoName, type DemoOptions } from './tenant/seeds/demo.ts'
export { bigSeed, type BigSeedOptions } from './tenant/seeds/big.ts'
export { readSeed } from './tenant/seeds/read-seed.ts'
export type {
  Client,
  ClientGrant,
  Connection,
  CustomDomain,
  Organization,
  ResourceServer,
  Role,
  TenantSeed,
  TenantSettings,
  User,
} from './tenant/seeds/schema.ts'
export type { Action, PostLogin, PostLoginApi, PostLoginEvent } from './tenant/seeds/actions.ts'
