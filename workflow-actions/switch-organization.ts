import { loginParameters } from '../contract/index.ts'
import { defineAction } from './define-action.ts'

export const switchOrganization = defineAction({
  code: 'switchOrganization',
  name: 'Switch organization',
  summary: 'Logs the visitor in to another organization and comes back; Auth0 asks only for what it needs.',
  outcome: 'leaves-page',
  returns: 'nothing',
  fields: {
    organization: {
      ...loginParameters.organization,
      label: 'Organization',
      help: 'The organization to switch to, by ID or name.',
      required: true,
      bindable: true,
    },
    target: {
      type: 'page',
      label: 'Redirect page',
      help: 'The page to come back to. Leave empty for the page the visitor is on.',
      bindable: true,
      formerly: 'redirectPage',
    },
  },
  errors: [
    'config/page-missing',
    'config/insecure-origin',
    'auth/storage-unavailable',
    'auth/framed',
    'auth/failed',
  ],
})
