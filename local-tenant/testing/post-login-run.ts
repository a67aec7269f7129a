import { createActionLibrary } from '../actions/library.ts'
import { createPostLoginRunner, type PostLoginContext, type PostLoginRun } from '../actions/post-login.ts'
import { createClock } from '../tenant/clock.ts'
import type { Action, PostLoginEvent } from '../tenant/seeds/actions.ts'

type Part<T> = { [K in keyof T]?: T[K] extends object | undefined ? Partial<T[K]> : T[K] }

const event: Omit<PostLoginEvent, 'secrets'> = {
  user: {
    user_id: 'auth0|1',
    email: 'ada@acme.example',
    email_verified: true,
    app_metadata: {},
    user_metadata: {},
  },
  client: { client_id: 'a', name: 'A', metadata: {} },
  connection: { id: 'con_1', name: 'db', strategy: 'auth0', metadata: {} },
  tenant: { id: 'acme' },
  stats: { logins_count: 1 },
  request: { ip: '198.51.100.7', method: 'GET', hostname: 'acme.example', query: {}, body: {}, geoip: {} },
  authorization: { roles: ['Manager'] },
  authentication: { methods: [{ name: 'pwd', timestamp: '2026-01-01T00:00:00.000Z' }] },
  session: { id: 'session' },
  transaction: {
    protocol: 'oidc-basic-profile',
    acr_values: [],
    requested_scopes: ['openid'],
    ui_locales: [],
    prompt: [],
    response_type: ['code'],
    metadata: {},
  },
}

/** Runs Auth0 Actions of the post-login trigger over an event of which only a part matters. */
export function runActions(
  actions: Action[],
  change: Part<PostLoginEvent> = {},
  options: { log?: (line: string) => void; context?: Partial<PostLoginContext>; paused?: PostLoginRun } = {},
): Promise<PostLoginRun> {
  const parts = Object.entries({ ...event, ...change }).map(([name, value]) => [
    name,
    typeof value === 'object' ? { ...event[name as keyof typeof event], ...value } : value,
  ])
  const clock = createClock()
  const changed = Object.fromEntries(parts) as Omit<PostLoginEvent, 'secrets'>
  const context: PostLoginContext = {
    event: (run) => ({ ...changed, transaction: { ...changed.transaction, metadata: run.metadata } }),
    canRedirect: true,
    refreshing: false,
    issuerHost: 'acme.example',
    now: () => clock.now(),
    roles: [{ id: 'rol_1', name: 'Manager' }],
    ownApi: false,
    factors: ['otp'],
    state: 'state',
    ...options.context,
  }
  return createPostLoginRunner(createActionLibrary(() => actions, clock, options.log))(
    context,
    options.paused,
  )
}
