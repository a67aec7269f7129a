import { defineAction } from './define-action.ts'
import { advancedLoginFields, loginFields } from './login-fields.ts'

export const loginWithPopup = defineAction({
  code: 'loginWithPopup',
  name: 'Login with Popup',
  summary: 'Opens Auth0’s login page in a small window and goes on when the visitor is logged in.',
  outcome: 'resolves',
  returns: 'user',
  fields: {
    ...loginFields,
    target: {
      type: 'page',
      label: 'Page afterwards',
      help: 'The page to show after login. Leave empty to stay on this one.',
      bindable: true,
      formerly: 'nextPage',
    },
    ...advancedLoginFields,
  },
  errors: [
    'auth/popup-blocked',
    'auth/popup-closed',
    'auth/popup-timeout',
    'auth/access-denied',
    'auth/exchange-refused',
    'auth/token-refused',
    'auth/clock-skew',
    'auth/tenant-unreachable',
    'auth/storage-unavailable',
    'config/page-missing',
    'config/insecure-origin',
    'auth/failed',
  ],
})
