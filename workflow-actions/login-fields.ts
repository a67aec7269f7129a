import { defineFields } from '../contract/index.ts'

/** What every way of logging in can be told. */
export const loginFields = defineFields({
  screen: {
    type: 'choice',
    label: 'Screen',
    help: 'Which page of Auth0 opens first (screen_hint).',
    options: [
      { value: 'login', label: 'Log in' },
      { value: 'signup', label: 'Sign up' },
    ],
    default: 'login',
    bindable: true,
  },
  connection: {
    type: 'remote',
    list: 'identity-providers',
    label: 'Identity provider (Auth0 connection)',
    help: 'Goes straight to one identity provider, such as Google. Leave empty to let the visitor choose.',
    placeholder: 'google-oauth2',
    bindable: true,
  },
  organization: {
    type: 'remote',
    list: 'organizations',
    label: 'Organization',
    help: 'The organization to log in to, by id or name. Leave empty for the one of the connection, if any.',
    bindable: true,
  },
  loginHint: {
    type: 'text',
    label: 'Login hint',
    help: 'Fills in the visitor’s e-mail address on Auth0’s page (login_hint).',
    placeholder: 'ada@acme.example',
    bindable: true,
  },
  additionalScopes: {
    type: 'text',
    label: 'Additional scopes',
    help: 'Permissions to ask for beyond profile and e-mail, separated by spaces (scope).',
    placeholder: 'read:orders write:orders',
    bindable: true,
  },
})

/** What few need: shown behind "Advanced". */
export const advancedLoginFields = defineFields({
  invitation: {
    type: 'text',
    label: 'Invitation',
    help: 'The ticket of an organization’s invitation. One in the page’s own address is used without this.',
    advanced: true,
    bindable: true,
  },
  prompt: {
    type: 'choice',
    label: 'Prompt',
    help: 'What Auth0 asks although the visitor has a session there (prompt).',
    options: [
      { value: 'login', label: 'Always ask for the credentials' },
      { value: 'select_account', label: 'Choose an account' },
      { value: 'consent', label: 'Ask for consent again' },
    ],
    advanced: true,
    bindable: true,
  },
  maxAge: {
    type: 'number',
    label: 'Maximum age',
    help: 'Asks for the credentials when the last login is longer ago than this (max_age).',
    min: 0,
    unit: 'seconds',
    advanced: true,
    bindable: true,
  },
  stepUp: {
    type: 'switch',
    label: 'Ask for a second factor',
    help: 'Requires multi-factor authentication for this login (acr_values).',
    default: false,
    advanced: true,
    bindable: true,
  },
  language: {
    type: 'text',
    label: 'Language',
    help: 'The languages to show Auth0’s page in, the best one first (ui_locales).',
    placeholder: 'fr en',
    advanced: true,
    bindable: true,
  },
  audience: {
    type: 'remote',
    list: 'apis',
    label: 'API audience',
    help: 'The API that the access token is for. Leave empty for the one of the connection.',
    advanced: true,
    bindable: true,
  },
})
