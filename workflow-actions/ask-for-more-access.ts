import { defineAction } from './define-action.ts'
import { advancedLoginFields } from './login-fields.ts'
import { getAccessToken } from './get-access-token.ts'

const { audience, scope } = getAccessToken.fields
const { stepUp, maxAge } = advancedLoginFields

export const askForMoreAccess = defineAction({
  code: 'askForMoreAccess',
  name: 'Ask for more access',
  summary:
    'Sends a logged-in visitor to Auth0 for a wider access token or a second factor, and comes back to the same place.',
  outcome: 'leaves-page',
  returns: 'nothing',
  fields: {
    audience,
    scope,
    stepUp,
    maxAge,
  },
  errors: [
    'config/insecure-origin',
    'auth/storage-unavailable',
    'auth/tenant-unreachable',
    'auth/framed',
    'auth/failed',
  ],
})
