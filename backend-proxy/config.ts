import ipaddr from 'ipaddr.js'
import { z } from 'zod'
import { isLoopback, Secret } from 'lowgate/contract'

const listOf = (item: z.ZodType<string, string>) =>
  z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean),
    )
    .pipe(z.array(item))

const suffix = z
  .string()
  .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'must be a domain suffix such as login.acme.example')

const origin = z
  .string()
  .refine(
    (text) => URL.canParse(text) && new URL(text).origin === text,
    'must be an origin such as https://editor.acme.example',
  )

const localTenant = z.string().refine(isLoopback, 'must be a host of this machine such as 127.0.0.1:4401')

const encryptionKey = z
  .string()
  .refine(
    (text) => Buffer.from(text, 'base64').length === 32,
    'is not 32 bytes in base64 (openssl rand -base64 32)',
  )

const network = z.string().refine((text) => ipaddr.isValidCIDR(text), 'must be a network such as 10.0.0.0/8')

const wholeNumber = (fallback: number) => z.coerce.number().int().nonnegative().default(fallback)

const variables = z.object({
  // Mistyped, it would loosen everything without a word.
  NODE_ENV: z
    .enum(['production', 'development', 'test'], 'is none of production, development and test')
    .default('development'),
  HOST: z.string().default('127.0.0.1'),
  PORT: wholeNumber(4402).refine((port) => port < 65_536, 'must be a port number up to 65535'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must be a postgres:// address; leave it out for the embedded database')
    .optional(),
  DATA_DIR: z.string().min(1).default('.data/proxy'),
  ENCRYPTION_KEYS: listOf(encryptionKey),
  OPERATOR_TOKEN: z
    .string()
    .regex(
      /^[\x21-\x7e]{16,512}$/,
      'needs 16 to 512 letters, digits or signs of ASCII, without a space: it is sent in a header',
    )
    .optional(),
  ALLOWED_ORIGINS: listOf(origin),
  ALLOWED_DOMAIN_SUFFIXES: listOf(suffix),
  LOCAL_TENANTS: listOf(localTenant),
  TRUSTED_PROXIES: listOf(network),
  ROLES_CLAIM: z.string().optional(),
  RATE_LIMIT: wholeNumber(600).refine((limit) => limit > 0, 'would refuse every request'),
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
})

/** The environment variables that {@link readConfig} reads. */
export const settingNames = Object.keys(variables.shape)

/** What the backend proxy runs with. {@link readConfig} makes it from environment variables. A secret may be a plain text. */
export interface BackendProxyConfig {
  /** Loosens nothing: true refuses local tenants and a key made on the spot. Default: false. */
  production?: boolean
  /** The address to listen on. Default: `127.0.0.1`, which only this machine reaches. */
  host?: string
  /** 0 takes a free one. Default: 4402. */
  port?: number
  /** A `postgres://` address; absent for the embedded database in `dataDir`. */
  databaseUrl?: string | Secret
  /** Where the embedded database, and in development the encryption key, are kept. */
  dataDir: string
  /** 32 bytes in base64 each; the first encrypts, all decrypt. Default: one is made in `dataDir`. */
  encryptionKeys?: (string | Secret)[]
  /** Absent: one is made at the first start, and only its hash is kept. */
  operatorToken?: string | Secret
  /** Origins of editors, whose pages may call the proxy. Default: none, so that no browser may. */
  allowedOrigins?: string[]
  /** Domain suffixes beside `auth0.com` that an M2M secret may be sent to. Default: none. */
  allowedDomainSuffixes?: string[]
  /** Hosts with port of local tenants, which are spoken to over plain http. Default: none. */
  localTenants?: string[]
  /** Networks of the balancers whose `X-Forwarded-For` is believed, as `10.0.0.0/8`. Default: none is. */
  trustedProxies?: string[]
  /** The claim of visitors’ tokens that carries their roles, for `/verify`. Default: none, so that nobody has a role. */
  rolesClaim?: string
  /** Requests a minute for each project; more are answered 429. Default: 600. */
  rateLimit?: number
  /** The least that is logged. Default: `info`. */
  logLevel?: z.infer<typeof variables>['LOG_LEVEL']
  /** Milliseconds that a request may spend on a tenant altogether; it then fails with `proxy/timeout`. Default: 9500. */
  upstreamTimeout?: number
}

/** Raised when the proxy cannot start with its configuration; the message names the variable and the cure. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/**
 * The configuration that the environment variables `env` describe. Its secrets are wrapped, so that it may be printed.
 *
 * @throws {ConfigError} naming each variable that cannot be used.
 * @example
 * const config = readConfig({ DATA_DIR: '/var/lib/lowgate', ALLOWED_ORIGINS: 'https://editor.acme.example' })
 */
export function readConfig(env: Record<string, string | undefined>): BackendProxyConfig {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const result = variables.safeParse(given)
  if (!result.success) throw new ConfigError(result.error.issues.map(toLine).join('\n'))
  const it = result.data
  const config: BackendProxyConfig = {
    production: it.NODE_ENV === 'production',
    host: it.HOST,
    port: it.PORT,
    dataDir: it.DATA_DIR,
    encryptionKeys: it.ENCRYPTION_KEYS.map((key) => new Secret(key)),
    allowedOrigins: it.ALLOWED_ORIGINS,
    allowedDomainSuffixes: it.ALLOWED_DOMAIN_SUFFIXES,
    localTenants: it.LOCAL_TENANTS,
    trustedProxies: it.TRUSTED_PROXIES,
    ...(it.ROLES_CLAIM && { rolesClaim: it.ROLES_CLAIM }),
    rateLimit: it.RATE_LIMIT,
    logLevel: it.LOG_LEVEL,
    databaseUrl: it.DATABASE_URL && new Secret(it.DATABASE_URL),
    operatorToken: it.OPERATOR_TOKEN && new Secret(it.OPERATOR_TOKEN),
  }
  assertSafe(config)
  return config
}

/** Refuses what would be unsafe in production, however the configuration came about. */
export function assertSafe({ production, localTenants, encryptionKeys }: BackendProxyConfig): void {
  if (!production) return
  if (localTenants?.length)
    throw new ConfigError(
      'LOCAL_TENANTS is for development: secrets would go over plain http. Remove it, or do not set NODE_ENV=production.',
    )
  if (!encryptionKeys?.length)
    throw new ConfigError(
      'ENCRYPTION_KEYS is required in production. Make one with `openssl rand -base64 32` and keep it apart from the database.',
    )
}

/** Names the variable and the rule, never the value: some values are secrets. */
const toLine = (issue: z.core.$ZodIssue) => `${String(issue.path[0])} ${issue.message}.`
