import { z } from 'zod'
import { defineEndpoints } from '../http/endpoint.ts'
import { fixReport, fixRequest, healthCheckRequest, healthReport } from './health-check.ts'
import { preflightReport, preflightRequest } from './preflight.ts'
import {
  connectionInput,
  connectionView,
  credentials,
  environmentParams,
  listPage,
  listParams,
  listRequest,
  projectParams,
  testReport,
} from './schemas.ts'

export * from '../editor-header.ts'
export * from '../http/index.ts'
export * from './health-check.ts'
export * from './preflight.ts'
export * from './proxy-error.ts'
export * from './schemas.ts'

/** What talking to a tenant can raise, whatever was asked. */
const upstreamErrors = [
  'proxy/invalid-credentials',
  'proxy/no-api-access',
  'proxy/not-in-plan',
  'proxy/rate-limited',
  'proxy/unreachable',
  'proxy/timeout',
  'proxy/blocked-address',
  'proxy/redirect-refused',
  'proxy/tls-error',
  'proxy/issuer-mismatch',
  'proxy/bad-upstream',
] as const

/** What using saved credentials, or completing those of a request, can raise. */
const credentialErrors = ['proxy/no-connection', 'proxy/secret-required', 'proxy/decrypt-failed'] as const

export const proxyApi = defineEndpoints({
  liveness: {
    method: 'get',
    path: '/liveness',
    isPublic: true,
    summary: 'Whether the process runs',
    reply: z.object({ status: z.literal('ok') }),
    errors: [],
  },
  readiness: {
    method: 'get',
    path: '/readiness',
    isPublic: true,
    summary: 'Whether database and encryption keys are usable',
    reply: z.object({ status: z.literal('ok') }),
    errors: ['proxy/not-ready'],
  },
  listConnections: {
    method: 'get',
    path: '/projects/{project}/connections',
    summary: 'The saved connections of a project, one per environment',
    params: projectParams,
    reply: z.object({ connections: z.array(connectionView) }),
    errors: [],
  },
  readConnection: {
    method: 'get',
    path: '/projects/{project}/environments/{environment}/connection',
    summary: 'One saved connection, without its secret',
    params: environmentParams,
    reply: connectionView,
    errors: ['proxy/no-connection'],
  },
  saveConnection: {
    method: 'put',
    path: '/projects/{project}/environments/{environment}/connection',
    summary: 'Save a connection, once the tenant has accepted its credentials',
    description: 'A blank secret keeps the saved one. An older revision is refused, with the saved version.',
    params: environmentParams,
    body: connectionInput,
    reply: connectionView,
    errors: [
      'proxy/secret-required',
      'proxy/conflict',
      'proxy/storage-full',
      'proxy/decrypt-failed',
      ...upstreamErrors,
    ],
  },
  deleteConnection: {
    method: 'delete',
    path: '/projects/{project}/environments/{environment}/connection',
    summary: 'Forget a connection and its secret',
    params: environmentParams,
    errors: ['proxy/no-connection', 'proxy/storage-full'],
  },
  testConnection: {
    method: 'post',
    path: '/projects/{project}/environments/{environment}/connection/test',
    summary: 'Try credentials against the tenant; nothing is saved',
    params: environmentParams,
    body: z.strictObject({ credentials: credentials.optional() }),
    reply: testReport,
    errors: [...credentialErrors, ...upstreamErrors],
  },
  list: {
    method: 'post',
    path: '/projects/{project}/environments/{environment}/lists/{list}',
    summary: 'A page of choices read from the tenant, searched by name',
    description: 'A POST, since it may carry credentials that are not saved yet; it changes nothing.',
    params: listParams,
    body: listRequest,
    reply: listPage,
    errors: [...credentialErrors, 'proxy/insufficient-scope', ...upstreamErrors],
  },
  healthCheck: {
    method: 'post',
    path: '/projects/{project}/environments/{environment}/health-check',
    summary: 'Compare what the project will send with what the tenant accepts',
    description: 'It changes nothing. A check whose scope is missing is reported as not checked.',
    params: environmentParams,
    body: healthCheckRequest,
    reply: healthReport,
    errors: [...credentialErrors, ...upstreamErrors],
  },
  fixApplication: {
    method: 'post',
    path: '/projects/{project}/environments/{environment}/health-check/fix',
    summary: 'Add missing entries to the SPA application',
    description:
      'Shows the change, or with `apply` makes it: the application is read afresh, entries are added, none is ' +
      'removed, and a second run changes nothing. In production only https addresses are added.',
    params: environmentParams,
    body: fixRequest,
    reply: fixReport,
    errors: [...credentialErrors, 'proxy/insecure-address', 'proxy/insufficient-scope', ...upstreamErrors],
  },
  preflight: {
    method: 'post',
    path: '/projects/{project}/environments/{environment}/preflight',
    summary: 'Try a login up to the tenant’s login page',
    params: environmentParams,
    body: preflightRequest,
    reply: preflightReport,
    errors: ['proxy/no-connection', ...upstreamErrors],
  },
})

export type ProxyApi = typeof proxyApi
