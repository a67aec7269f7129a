import { defineAction } from './define-action.ts'
import { advancedLoginFields, loginFields } from './login-fields.ts'

export const loginWithRedirect = defineAction({
  code: 'loginWithRedirect',
  name: 'Login with Redirect',
  summary: 'Opens Auth0’s login page instead of this one and comes back when the visitor is logged in.',
  outcome: 'leaves-page',
  returns: 'nothing',
  fields: {
    ...loginFields,
    target: {
      type: 'page',
      label: 'Redirect page',
      help: 'The page to come back to, a private one too. Leave empty for the page the visitor is on.',
      bindable: true,
      formerly: 'redirectPage',
    },
    ...advancedLoginFields,
  },
  errors: [
    'config/page-missing',
    'config/insecure-origin',
    'auth/storage-unavailable',
    'auth/tenant-unreachable',
    'auth/framed',
    'auth/failed',
  ],
})
