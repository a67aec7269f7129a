import { z } from 'zod'

/** What an Auth0 Action of the `post-login` trigger is told. `docs/local-tenant.md` lists what may be absent. */
export interface PostLoginEvent {
  user: Record<string, unknown> & {
    user_id: string
    email: string
    app_metadata: Record<string, unknown>
    user_metadata: Record<string, unknown>
  }
  client: { client_id: string; name: string; metadata: Record<string, string> }
  connection: { id: string; name: string; strategy: string; metadata?: Record<string, string> }
  tenant: { id: string }
  stats: { logins_count: number }
  secrets: Record<string, string>
  request: {
    ip: string
    method: string
    hostname: string
    query: Record<string, string>
    body: Record<string, string>
    geoip: Record<string, unknown>
    language?: string
    user_agent?: string
  }
  authorization: { roles: string[] }
  authentication: { methods: { name: string; timestamp: string; type?: string }[] }
  organization?: {
    id: string
    name: string
    display_name?: string | undefined
    metadata: Record<string, string>
  }
  transaction: {
    protocol: string
    acr_values: string[]
    requested_scopes: string[]
    ui_locales: string[]
    prompt: string[]
    response_type: string[]
    metadata: Record<string, unknown>
    redirect_uri?: string
    state?: string
    login_hint?: string
    response_mode?: string
    locale?: string
  }
  resource_server?: { identifier: string }
  session?: Record<string, unknown> & { id: string }
  refresh_token?: Record<string, unknown> & { id: string }
}

interface Factor {
  type: string
  options?: Record<string, unknown>
}

interface Lifetimes {
  revoke(reason: string, options?: { preserveRefreshTokens?: boolean }): void
  setExpiresAt(milliseconds: number): void
  setIdleExpiresAt(milliseconds: number): void
  setMetadata(key: string, value: string | null): void
  deleteMetadata(key: string): void
  evictMetadata(): void
}

/** What an Auth0 Action of the `post-login` trigger may do. What is not reproduced here throws, and says so. */
export interface PostLoginApi {
  access: { deny(reason: string): void }
  validation: { error(code: string, message: string): void }
  idToken: { setCustomClaim(name: string, value: unknown): void }
  accessToken: {
    setCustomClaim(name: string, value: unknown): void
    addScope(scope: string): void
    removeScope(scope: string): void
  }
  user: {
    setAppMetadata(key: string, value: unknown): void
    setUserMetadata(key: string, value: unknown): void
  }
  authentication: {
    challengeWith(factor: Factor, options?: { additionalFactors?: Factor[] }): void
    challengeWithAny(factors: Factor[]): void
    enrollWith(factor: Factor, options?: { additionalFactors?: Factor[] }): void
    enrollWithAny(factors: Factor[]): void
    recordMethod(url: string): void
    setPrimaryUser(userId: string): void
  }
  multifactor: { enable(provider: string, options?: object): void }
  redirect: {
    canRedirect(): boolean
    sendUserTo(url: string, options?: { query?: Record<string, string> }): void
    encodeToken(options: { secret: string; payload: object; expiresInSeconds?: number }): string
    validateToken(options: { secret: string; tokenParameterName?: string }): Record<string, unknown>
  }
  session: Lifetimes & { setCookieMode(mode: 'persistent' | 'non-persistent'): void }
  refreshToken: Lifetimes
  transaction: { setMetadata(key: string, value: string | number | boolean | null): void }
  cache: ActionCache
  rules: { wasExecuted(ruleId: string): boolean }
  roles: { getUserEffectiveRoles(): Promise<{ id: string; name: string }[]> }
  groups: object
  prompt: object
  samlResponse: object
}

export interface ActionCache {
  get(key: string): { value: string; expires_at: number } | undefined
  set(
    key: string,
    value: string,
    options?: { ttl?: number; expires_at?: number },
  ): { type: 'success' } | { type: 'error'; code: string }
  delete(key: string): { type: 'success' }
}

export type PostLogin = (event: PostLoginEvent, api: PostLoginApi) => void | Promise<void>

const handler = <T>() => z.custom<T>((value) => typeof value === 'function').optional()

/**
 * An Auth0 Action, as the Management API shows it. A seed in TypeScript gives the handler itself; a seed in JSON
 * gives `code`. It runs with the tenant's own rights: load only seeds you would run.
 */
export const actionSchema = z.looseObject({
  id: z.string().optional(),
  name: z.string(),
  code: z.string().optional(),
  onExecutePostLogin: handler<PostLogin>(),
  onContinuePostLogin: handler<PostLogin>(),
  /** Absent: `post-login`. */
  supported_triggers: z.array(z.looseObject({ id: z.string(), version: z.string().optional() })).optional(),
  /** Auth0 never shows a value: add it after copying from a tenant. */
  secrets: z.array(z.looseObject({ name: z.string(), value: z.string().optional() })).optional(),
  dependencies: z.array(z.looseObject({ name: z.string(), version: z.string().optional() })).optional(),
  runtime: z.string().optional(),
  /** Bound to its trigger, in the seed's order. Default: true. */
  deployed: z.boolean().optional(),
})

export type Action = z.infer<typeof actionSchema>
