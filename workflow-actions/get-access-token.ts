import { loginParameters } from '../contract/index.ts'
import { defineAction } from './define-action.ts'

export const getAccessToken = defineAction({
  code: 'getAccessToken',
  name: 'Get access token',
  summary: 'Answers a token that the visitor’s requests to an API carry, renewed when needed.',
  outcome: 'resolves',
  returns: 'text',
  fields: {
    audience: {
      ...loginParameters.audience,
      label: 'API audience',
      help: 'The API that the token is for. Leave empty for the one of the connection.',
      bindable: true,
    },
    scope: {
      ...loginParameters.scope,
      label: 'Additional scopes',
      help: 'Permissions that the token must carry, separated by spaces.',
      placeholder: 'read:orders',
      bindable: true,
      formerly: 'additionalScopes',
    },
    ignoreCache: {
      type: 'switch',
      label: 'Always ask the tenant',
      help: 'Fetches a new token even if the current one is still good.',
      default: false,
      advanced: true,
      bindable: true,
    },
  },
  errors: [
    'auth/login-required',
    'auth/session-expired',
    'auth/more-access-required',
    'auth/mfa-required',
    'auth/tenant-unreachable',
    'auth/tenant-failed',
    'auth/rate-limited',
    'auth/timeout',
    'auth/storage-unavailable',
    'auth/failed',
  ],
})
