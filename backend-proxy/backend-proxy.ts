import type { Hono } from 'hono'
import type { DestinationStream, Logger } from 'pino'
import { assertSafe, type BackendProxyConfig } from './config.ts'
import { createApp } from './http/app.ts'
import { createLog } from './http/log.ts'
import { createEditorTokens } from './secrets/editor-tokens.ts'
import { createTokenCheck, operatorToken } from './secrets/operator-token.ts'
import type { AppEnv } from './http/variables.ts'
import { createCheckRoutes } from './routes/checks.ts'
import { createConnectionRoutes } from './routes/connections.ts'
import { createCredentialsReader } from './routes/credentials.ts'
import { createProbeRoutes } from './routes/probes.ts'
import { createListRoutes } from './routes/lists.ts'
import { createVerifyRoute } from './routes/verify.ts'
import { createAskedFor } from './http/client-address.ts'
import { createTokenRoutes } from './routes/tokens.ts'
import { createKeyring, developmentKey, type Keyring } from './secrets/keyring.ts'
import { reencrypt } from './secrets/rotation.ts'
import type { Secret } from 'lowgate/contract'
import { createConnectionStore, type ConnectionStore } from './storage/connections.ts'
import { createEditorTokenStore } from './storage/editor-tokens.ts'
import { openStorage } from './storage/database.ts'
import type { Resolve } from './tenant/address-guard.ts'
import { createGuardedFetch } from './tenant/guarded-fetch.ts'
import { createTenantPool } from './tenant/tenant-client.ts'
import type { Handlers } from './http/mount.ts'

/** A backend proxy that a server of the caller's can mount. */
export interface BackendProxy {
  /** Answers requests in memory: `app.request('/liveness')`. */
  app: Hono<AppEnv>
  /** Known when it was given, or made at this start because it was the first. */
  operatorToken?: Secret
  /** Whether the token was made at this start: the one time that it can be shown. */
  isNewToken: boolean
  /** Where its own lines go; secrets are taken out. */
  log: Logger
  /** Ends the database; requests under way fail. */
  close(): Promise<void>
}

/** Parts that an embedding program, or a test, can replace. */
export interface BackendProxyParts {
  /** Where the log goes. Default: standard error. */
  logDestination?: DestinationStream
  /** Finds the addresses of a tenant's name; they are checked all the same. Default: the system. */
  resolve?: Resolve
}

/**
 * The backend proxy without a port, with its database opened.
 *
 * @throws {ConfigError} when its configuration is unsafe, or another process holds the database.
 * @example
 * const { app, close } = await createBackendProxy({ dataDir: '.data/proxy' })
 * const response = await app.request('/liveness')
 * await close()
 */
export async function createBackendProxy(
  config: BackendProxyConfig,
  { logDestination, resolve }: BackendProxyParts = {},
): Promise<BackendProxy> {
  assertSafe(config)
  const log = createLog(config.logLevel, logDestination)
  const { dataDir, databaseUrl, upstreamTimeout = 9_500 } = config
  const [key = developmentKey(dataDir), ...olderKeys] = config.encryptionKeys ?? []
  const keyring = createKeyring([key, ...olderKeys])
  const storage = await openStorage({ dataDir, databaseUrl })
  const store = createConnectionStore(storage.db, ({ project, environment }, values) => {
    log.error(
      { project, environment, values },
      'a saved connection is ignored: somebody changed it by hand to something impossible; save it again or delete it',
    )
  })
  const { expected, token, isNew } = await operatorToken(storage.db, config.operatorToken)

  const rule = {
    suffixes: config.allowedDomainSuffixes ?? [],
    localTenants: new Set(config.localTenants),
  }
  const fetch = createGuardedFetch({
    rule,
    timeout: upstreamTimeout,
    resolve,
    onReply: (entry) => {
      log.debug(entry, 'tenant answered')
    },
  })
  const tenants = createTenantPool(fetch, upstreamTimeout)
  const credentials = createCredentialsReader({ store, keyring, rule })
  const isOperator = createTokenCheck(expected)
  const tokens = createEditorTokens(createEditorTokenStore(storage.db))
  const handlers: Handlers = {
    ...createProbeRoutes({ store, keyring }),
    ...createConnectionRoutes({ store, keyring, credentials, tenants, rule }),
    ...createListRoutes({ credentials, tenants }),
    ...createCheckRoutes({ store, credentials, tenants, fetch, rule }),
    ...createTokenRoutes(tokens),
    ...createVerifyRoute({
      store,
      fetch,
      askedFor: createAskedFor(config.trustedProxies ?? []),
      rolesClaim: config.rolesClaim,
    }),
  }
  const app = createApp({
    handlers,
    timeout: upstreamTimeout,
    log,
    findCaller: async (text) => (isOperator(text) ? 'operator' : tokens.find(text)),
    allowedOrigins: config.allowedOrigins ?? [],
    trustedProxies: config.trustedProxies ?? [],
    rateLimit: config.rateLimit ?? 600,
  })

  const stopping = new AbortController()
  const rotation = rotate(store, keyring, log, stopping.signal)
  return {
    app,
    isNewToken: isNew,
    operatorToken: token,
    log,
    async close() {
      stopping.abort()
      await rotation
      await fetch.close()
      await storage.close()
    },
  }
}

/** Runs beside the requests, which read secrets of every configured key meanwhile. */
async function rotate(
  store: ConnectionStore,
  keyring: Keyring,
  log: Logger,
  signal: AbortSignal,
): Promise<void> {
  try {
    const { renewed, unreadable } = await reencrypt(store, keyring, signal)
    if (renewed)
      log.info({ renewed, key: keyring.current.id }, 'encrypted saved secrets with the current key')
    if (unreadable) log.error({ unreadable }, 'some saved secrets cannot be read with the configured keys')
  } catch (error) {
    log.error({ err: error }, 'encrypting saved secrets again stopped; it continues at the next start')
  }
}
