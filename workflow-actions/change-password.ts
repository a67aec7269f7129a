import { loginParameters } from '../contract/index.ts'
import { defineAction } from './define-action.ts'

export const changePassword = defineAction({
  code: 'changePassword',
  name: 'Change password',
  summary: 'Has Auth0 send an e-mail with a link to choose a new password.',
  outcome: 'resolves',
  returns: 'nothing',
  fields: {
    email: {
      type: 'text',
      label: 'E-mail',
      help: 'The address of the account. Whether it exists is never told.',
      placeholder: 'ada@acme.example',
      required: true,
      bindable: true,
    },
    connection: {
      ...loginParameters.connection,
      label: 'Identity provider (Auth0 connection)',
      help: 'The database that holds the password, since only those have one.',
      placeholder: 'Username-Password-Authentication',
      required: true,
      bindable: true,
    },
  },
  errors: ['auth/change-refused', 'auth/tenant-unreachable', 'auth/failed'],
})
