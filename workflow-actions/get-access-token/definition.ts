import { defineAction } from '../define-action.ts'

export const getAccessToken = defineAction({
  code: 'getAccessToken',
  name: 'Get access token',
  summary: 'Answers a token that the visitor’s requests to an API carry, renewed when needed.',
  outcome: 'resolves',
  returns: 'text',
  fields: {
    audience: {
      type: 'remote',
      list: 'apis',
      label: 'API audience',
      help: 'The API that the token is for. Leave empty for the one of the connection.',
      bindable: true,
    },
    additionalScopes: {
      type: 'text',
      label: 'Additional scopes',
      help: 'Permissions that the token must carry, separated by spaces (scope).',
      placeholder: 'read:orders',
      bindable: true,
    },
    ignoreCache: {
      type: 'switch',
      label: 'Always ask the tenant',
      help: 'Fetches a new token although the present one is still good.',
      default: false,
      advanced: true,
      bindable: true,
    },
  },
  errors: [
    'auth/login-required',
    'auth/session-expired',
    'auth/tenant-unreachable',
    'auth/timeout',
    'auth/storage-unavailable',
    'auth/failed',
  ],
})
