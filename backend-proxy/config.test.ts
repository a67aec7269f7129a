import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ConfigError, readConfig, settingNames } from './config.ts'
import { reveal } from 'lowgate/contract'

const key = Buffer.alloc(32, 7).toString('base64')

describe('the configuration', () => {
  it('has defaults that run on one’s own machine', () => {
    expect(readConfig({})).toMatchObject({ production: false, host: '127.0.0.1', dataDir: '.data/proxy' })
  })

  it('reads every variable', () => {
    const config = readConfig({
      NODE_ENV: 'production',
      HOST: '0.0.0.0',
      PORT: '8080',
      DATABASE_URL: 'postgres://db/lowgate',
      DATA_DIR: '/var/lib/lowgate',
      ENCRYPTION_KEYS: `${key}, ${key}`,
      OPERATOR_TOKEN: 'a-token-of-sixteen',
      ALLOWED_ORIGINS: 'https://a.example,https://b.example:8443',
      ALLOWED_DOMAIN_SUFFIXES: 'login.acme.example',
      TRUSTED_PROXIES: '10.0.0.0/8,fd00::/8',
      RATE_LIMIT: '60',
      LOG_LEVEL: 'trace',
    })
    expect(config.databaseUrl && reveal(config.databaseUrl)).toBe('postgres://db/lowgate')
    expect(config.encryptionKeys?.map(reveal)).toEqual([key, key])
    expect(config.operatorToken && reveal(config.operatorToken)).toBe('a-token-of-sixteen')
    expect(config).toMatchObject({
      production: true,
      host: '0.0.0.0',
      port: 8080,
      dataDir: '/var/lib/lowgate',
      allowedOrigins: ['https://a.example', 'https://b.example:8443'],
      allowedDomainSuffixes: ['login.acme.example'],
      localTenants: [],
      trustedProxies: ['10.0.0.0/8', 'fd00::/8'],
      rateLimit: 60,
      logLevel: 'trace',
    })
  })

  it('is described in the documentation, every variable of it and no other', () => {
    const text = readFileSync(new URL('../docs/backend-proxy.md', import.meta.url), 'utf8')
    const described = [...text.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, name]) => name)
    expect(described.sort()).toEqual([...settingNames].sort())
  })

  it.each([
    ['PORT', 'http'],
    ['PORT', '70000'],
    ['DATABASE_URL', 'mysql://db/CANARY'],
    ['ENCRYPTION_KEYS', 'CANARY'],
    ['ENCRYPTION_KEYS', `${key},CANARY`],
    ['OPERATOR_TOKEN', 'CANARY'],
    ['OPERATOR_TOKEN', 'CANARY in several words'],
    ['OPERATOR_TOKEN', 'CANARY-äöü-äöü-äöü-äöü'],
    ['ALLOWED_ORIGINS', '*'],
    ['ALLOWED_ORIGINS', 'https://a.example/'],
    ['ALLOWED_ORIGINS', 'https://a.example/path'],
    ['ALLOWED_DOMAIN_SUFFIXES', 'com'],
    ['ALLOWED_DOMAIN_SUFFIXES', '*.acme.example'],
    ['LOCAL_TENANTS', 'evil.test:4401'],
    ['LOCAL_TENANTS', '10.0.0.1:4401'],
    ['TRUSTED_PROXIES', '10.0.0.1'],
    ['TRUSTED_PROXIES', 'balancer'],
    ['TRUSTED_PROXIES', '999.0.0.0/8'],
    ['TRUSTED_PROXIES', '10.0.0.0/99'],
    ['LOG_LEVEL', 'loud'],
    ['NODE_ENV', 'Production'],
    ['NODE_ENV', 'CANARY'],
    ['RATE_LIMIT', '0'],
  ])('%s=%s is refused by name, and its value is not repeated', (name, value) => {
    const read = () => readConfig({ [name]: value })
    expect(read).toThrow(ConfigError)
    expect(read).toThrow(new RegExp(`^${name} `))
    expect(read).not.toThrow(/CANARY/)
  })

  it.each([
    ['LOCAL_TENANTS', { ENCRYPTION_KEYS: key, LOCAL_TENANTS: '127.0.0.1:4401' }],
    ['ENCRYPTION_KEYS', {}],
  ])('production is refused because of %s', (name, env) => {
    expect(() => readConfig({ NODE_ENV: 'production', ...env })).toThrow(new RegExp(`^${name} `))
  })
})
