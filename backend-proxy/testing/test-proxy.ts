import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { editorHeader, type Problem } from 'lowgate/contract/proxy-api'
import { createBackendProxy } from '../backend-proxy.ts'
import type { BackendProxyConfig } from '../config.ts'

export const operatorToken = 'operator-token-of-the-tests'
export const secret = 'CANARY-m2m-client-secret'

export const makeDataDir = () => mkdtempSync(join(tmpdir(), 'lowgate-proxy-'))

export interface Answer<T = Record<string, unknown>> {
  status: number
  headers: Headers
  body: T & Partial<Problem>
  text: string
}

export interface TestProxy {
  /** Calls the proxy as the editor would; `headers` with `undefined` leave one out. */
  call<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string | undefined>,
  ): Promise<Answer<T>>
  /** Names that were looked up. */
  lookups: string[]
  /** Everything that was logged. */
  log(): string
  dataDir: string
  close(options?: { keepData?: boolean }): Promise<void>
}

/** A proxy in memory that logs everything. */
export async function createTestProxy(config: Partial<BackendProxyConfig> = {}): Promise<TestProxy> {
  const dataDir = config.dataDir ?? makeDataDir()
  let logged = ''
  const lookups: string[] = []
  const proxy = await createBackendProxy(
    { operatorToken, logLevel: 'trace', ...config, dataDir },
    {
      logDestination: { write: (line: string) => void (logged += line) },
      resolve: (name) => {
        lookups.push(name)
        return Promise.resolve([{ address: '10.1.2.3', family: 4 }])
      },
    },
  )
  return {
    lookups,
    dataDir,
    log: () => logged,
    async call<T>(
      method: string,
      path: string,
      body?: unknown,
      headers: Record<string, string | undefined> = {},
    ) {
      const all = {
        authorization: `Bearer ${operatorToken}`,
        [editorHeader.name]: editorHeader.value,
        'content-type': 'application/json',
        ...headers,
      }
      const response = await proxy.app.request(path, {
        method,
        headers: Object.fromEntries(
          Object.entries(all).filter((entry): entry is [string, string] => !!entry[1]),
        ),
        ...(body !== undefined && { body: toBytes(body) }),
      })
      const text = await response.text()
      const isJson = response.headers.get('content-type')?.startsWith('application/json')
      return {
        status: response.status,
        headers: response.headers,
        text,
        body: (isJson && text ? JSON.parse(text) : {}) as T & Partial<Problem>,
      }
    },
    async close({ keepData = false } = {}) {
      await proxy.close()
      if (!keepData) rmSync(dataDir, { recursive: true })
    },
  }
}

/** Text and bytes as they are, anything else as JSON. */
function toBytes(body: unknown) {
  if (body instanceof Uint8Array) return new Uint8Array(body)
  return typeof body === 'string' ? body : JSON.stringify(body)
}

/** The path of a connection. */
export const at = (project = 'shop', environment = 'preview') =>
  `/projects/${project}/environments/${environment}/connection`

/** The credentials that a builder types for `domain`. */
export const credentialsFor = (domain: string) => ({
  domain,
  m2mClientId: 'm2m-client',
  m2mClientSecret: secret,
})

/** The whole form for `domain`. */
export const entered = (domain: string, more: object = {}) => ({
  ...credentialsFor(domain),
  revision: 0,
  ...more,
})
