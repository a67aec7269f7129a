import { defineAction } from './define-action.ts'

export const refreshUser = defineAction({
  code: 'refreshUser',
  name: 'Refresh user',
  summary:
    'Asks the tenant for the visitor’s profile, roles and permissions again, so that a change shows at once.',
  outcome: 'resolves',
  returns: 'user',
  fields: {},
  errors: [
    'auth/login-required',
    'auth/session-expired',
    'auth/tenant-unreachable',
    'auth/tenant-failed',
    'auth/rate-limited',
    'auth/mfa-required',
    'auth/timeout',
    'auth/failed',
  ],
})
