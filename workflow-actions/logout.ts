import { defineAction } from './define-action.ts'

export const logout = defineAction({
  code: 'logout',
  name: 'Logout',
  summary: 'Ends the visitor’s session, here and (by Redirect) at Auth0.',
  outcome: 'leaves-page',
  resolvesWhen: { field: 'mode', is: ['local'] },
  returns: 'nothing',
  fields: {
    mode: {
      type: 'choice',
      label: 'Mode',
      help: 'Redirect also ends the session at Auth0. With Local only, the next login needs no password.',
      options: [
        { value: 'redirect', label: 'Redirect' },
        { value: 'local', label: 'Local only' },
      ],
      default: 'redirect',
    },
    target: {
      type: 'page',
      label: 'Post-logout redirect',
      help: 'The page to land on afterwards. Leave empty for the home page.',
      bindable: true,
      visibleWhen: { field: 'mode', is: ['redirect'] },
      formerly: 'postLogoutRedirect',
    },
    federated: {
      type: 'switch',
      label: 'Federated logout',
      help: 'Also ends the session at the identity provider, such as Google (federated).',
      default: false,
      bindable: true,
      visibleWhen: { field: 'mode', is: ['redirect'] },
    },
  },
  errors: ['config/page-missing', 'auth/storage-unavailable', 'auth/failed'],
})
