import { z } from 'zod'
import { tokenTexts } from '../errors/token-texts.ts'
import { defineEndpoints, type Endpoint } from '../http/endpoint.ts'
import { accessView, issuedToken, tokenInput, tokenParams, tokenView, type ProjectRole } from './access.ts'
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
import { verifyQuery } from './verify.ts'

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

/** A route of the proxy: open to anybody, or to callers with a role. */
export type ProxyEndpoint = Endpoint &
  (
    | { readonly isPublic: true; readonly role?: never }
    | { readonly isPublic?: never; readonly role: ProjectRole }
  )

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
  verify: {
    method: 'get',
    path: '/verify',
    isPublic: true,
    summary: 'Whether a visitor’s access token opens what they ask a web server for',
    description:
      'For `auth_request` of nginx, `forward_auth` of Caddy and ForwardAuth of Traefik. The token is the visitor’s own, in ' +
      '`Authorization`. Headers of the 204 say who they are.',
    query: verifyQuery,
    errors: [
      'proxy/no-connection',
      'proxy/invalid-input',
      ...(Object.keys(tokenTexts) as (keyof typeof tokenTexts)[]),
    ],
  },
  listConnections: {
    method: 'get',
    path: '/projects/{project}/connections',
    role: 'viewer',
    summary: 'The saved connections of a project, one per environment',
    params: projectParams,
    reply: z.object({ connections: z.array(connectionView) }),
    errors: [],
  },
  readConnection: {
    method: 'get',
    path: '/projects/{project}/environments/{environment}/connection',
    role: 'viewer',
    summary: 'One saved connection, without its secret',
    params: environmentParams,
    reply: connectionView,
    errors: ['proxy/no-connection'],
  },
  saveConnection: {
    method: 'put',
    path: '/projects/{project}/environments/{environment}/connection',
    role: 'editor',
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
    role: 'editor',
    summary: 'Forget a connection and its secret',
    params: environmentParams,
    errors: ['proxy/no-connection', 'proxy/storage-full'],
  },
  testConnection: {
    method: 'post',
    path: '/projects/{project}/environments/{environment}/connection/test',
    role: 'editor',
    summary: 'Try credentials against the tenant; nothing is saved',
    params: environmentParams,
    body: z.strictObject({ credentials: credentials.optional() }),
    reply: testReport,
    errors: [...credentialErrors, ...upstreamErrors],
  },
  list: {
    method: 'post',
    path: '/projects/{project}/environments/{environment}/lists/{list}',
    role: 'viewer',
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
    role: 'viewer',
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
    role: 'editor',
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
    role: 'viewer',
    summary: 'Try a login up to the tenant’s login page',
    params: environmentParams,
    body: preflightRequest,
    reply: preflightReport,
    errors: ['proxy/no-connection', ...upstreamErrors],
  },
  readAccess: {
    method: 'get',
    path: '/projects/{project}/access',
    role: 'viewer',
    summary: 'What the caller’s own token allows in a project, and until when',
    params: projectParams,
    reply: accessView,
    errors: [],
  },
  issueToken: {
    method: 'post',
    path: '/projects/{project}/tokens',
    role: 'owner',
    summary: 'Issue an editor token',
    description:
      'The answer is the only place that shows it. A token of an owner issues viewers and editors for the environments ' +
      'that it reaches itself, none of which outlives it; only the operator token issues owners.',
    params: projectParams,
    body: tokenInput,
    reply: issuedToken,
    errors: ['proxy/storage-full'],
  },
  listTokens: {
    method: 'get',
    path: '/projects/{project}/tokens',
    role: 'owner',
    summary: 'The editor tokens of a project, the newest first',
    description: 'Those that ended more than 30 days ago are forgotten.',
    params: projectParams,
    reply: z.object({ tokens: z.array(tokenView) }),
    errors: [],
  },
  revokeToken: {
    method: 'delete',
    path: '/projects/{project}/tokens/{id}',
    role: 'owner',
    summary: 'Revoke an editor token, and those that it issued',
    description: 'A token of an owner revokes none for an environment that it does not reach itself.',
    params: tokenParams,
    errors: [],
  },
} satisfies Record<string, ProxyEndpoint>)

export type ProxyApi = typeof proxyApi
