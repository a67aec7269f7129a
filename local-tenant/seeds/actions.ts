import { z } from 'zod'

/** What an Auth0 Action of the `post-login` trigger is told. */
export interface PostLoginEvent {
  user: Record<string, unknown> & { user_id: string; email: string }
  client: { client_id: string; name: string; metadata: Record<string, string> }
  organization?: { id: string; name: string; display_name?: string | undefined }
  connection: { name: string; strategy: string }
  authorization: { roles: string[] }
  authentication: { methods: { name: string }[] }
  transaction: { protocol: string; acr_values: string[]; requested_scopes: string[]; ui_locales: string[] }
  resource_server?: { identifier: string }
}

/** What an Auth0 Action of the `post-login` trigger may do. */
export interface PostLoginApi {
  access: { deny(reason: string): void }
  idToken: { setCustomClaim(name: string, value: unknown): void }
  accessToken: {
    setCustomClaim(name: string, value: unknown): void
    addScope(scope: string): void
    removeScope(scope: string): void
  }
  multifactor: { enable(provider: string): void }
}

export type PostLogin = (event: PostLoginEvent, api: PostLoginApi) => void | Promise<void>

/**
 * An Auth0 Action. A seed in TypeScript gives `onExecutePostLogin`; a seed in JSON gives `code` as Auth0's
 * dashboard shows it (`exports.onExecutePostLogin = async (event, api) => { … }`). It runs with the tenant's
 * own rights: load only seeds you would run.
 */
export const actionSchema = z.object({
  id: z.string().optional(),
  name: z.string(),
  code: z.string().optional(),
  onExecutePostLogin: z.custom<PostLogin>((value) => typeof value === 'function').optional(),
  /** Bound to the login flow. Default: true. */
  deployed: z.boolean().optional(),
})

export type Action = z.infer<typeof actionSchema>
