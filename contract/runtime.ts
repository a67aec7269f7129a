import type { ManifestPanel, ManifestTrigger, ManifestVariable } from './manifest.ts'

/** What the session lets pages bind to. */
export const runtimeVariables = [
  { name: 'user', type: 'object', summary: 'The visitor’s profile: name, email, picture and more.' },
  { name: 'isAuthenticated', type: 'boolean', summary: 'Whether a visitor is logged in.' },
  { name: 'isLoading', type: 'boolean', summary: 'True until that is known.' },
  { name: 'roles', type: 'array', summary: 'The visitor’s roles, from the claim in the settings.' },
  { name: 'permissions', type: 'array', summary: 'The visitor’s permissions.' },
  {
    name: 'organization',
    type: 'object',
    summary: 'The organization the visitor logged in to: id and name.',
  },
  { name: 'error', type: 'object', summary: 'The last error: code, title, why, cure and owner.' },
] as const satisfies readonly ManifestVariable[]

/** What a workflow can start with. */
export const runtimeTriggers = [
  {
    event: 'login',
    name: 'On login',
    summary: 'A visitor logged in, here or in another tab. Not after Ask for more access.',
    payload: 'The user',
    schema: 'User',
  },
  { event: 'logout', name: 'On logout', summary: 'The visitor logged out, here or in another tab.' },
  {
    event: 'session-expired',
    name: 'On session expired',
    summary: 'The session ended while a page was open.',
  },
  {
    event: 'error',
    name: 'On login error',
    summary: 'A login, logout or refresh failed.',
    payload: 'The error',
    schema: 'Trouble',
  },
] as const satisfies readonly ManifestTrigger[]

/** What a builder's editor can mount. */
export const editorPanels = [
  {
    code: 'connection',
    name: 'Connection',
    summary: 'Connects an Auth0 tenant to each environment.',
    component: '@lowgate/editor#ConnectionPanel',
    place: 'settings',
  },
  {
    code: 'access',
    name: 'Access',
    summary: 'Says who gets in: user groups, login pages and claims, for every environment.',
    component: '@lowgate/editor#AccessPanel',
    place: 'settings',
  },
  {
    code: 'page-access',
    name: 'Page access',
    summary: 'Who may see a page, or a part of one.',
    component: '@lowgate/editor#PageAccess',
    place: 'page',
  },
  {
    code: 'action-form',
    name: 'Action form',
    summary: 'The form of any action, made from its fields.',
    component: '@lowgate/editor#ActionForm',
    place: 'step',
  },
] as const satisfies readonly Omit<ManifestPanel, 'style' | 'props' | 'models'>[]
