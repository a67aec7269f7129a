import type { AuthClient, User } from '../../../contract/index.ts'
import type { WewebPublicData } from './public-data.ts'
import type { startRuntime } from './runtime.ts'

/** `runAction` of `lowgate/workflow-actions`. */
export type RunAction = (
  code: string,
  args: Record<string, unknown>,
  context: { client: AuthClient },
) => Promise<unknown>

/** The large parts. A published site loads each when something asks for it. */
export interface WewebParts {
  /** `lowgate/weweb/runtime`, for a page that is not for everyone, a session, and the way back from Auth0. */
  loadRuntime(): Promise<{ startRuntime: typeof startRuntime }>
  /** `lowgate/workflow-actions`, for the first action that a workflow runs. */
  loadActions(): Promise<{ runAction: RunAction }>
}

/** A plugin's settings, as WeWeb hands them over. */
export type WewebSettings = { publicData?: Partial<WewebPublicData> } | undefined

type Actions = Record<keyof AuthClient, (args?: Record<string, unknown>) => Promise<unknown>>

/** What WeWeb calls, each a method of its own: WeWeb copies them into an object that has the plugin's `id` too. */
export type WewebPlugin = Actions & {
  _onLoad(this: { id: string }, settings?: WewebSettings): Promise<void> | undefined
  /** WeWeb calls it on public pages as well; without a session it waits for nothing. */
  _initAuth(): Promise<void>
  _getUser(): User | null
  /** WeWeb asks whether there is the one, and then calls the other. */
  _isAuthenticated(): boolean
  _getIsAuthenticated(): boolean
  /** By name, and by the id under which WeWeb's user groups know them. */
  _getUserRoles(): string[]
  _matchRoles(roles: readonly string[]): boolean
  _getUnauthenticatedPageId(): string
  _getUnauthorizedPageId(): string
}
