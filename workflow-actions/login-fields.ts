import { defineFields, loginParameters } from '../contract/index.ts'

const { screenHint, connection, organization, loginHint, scope } = loginParameters
const { invitation, prompt, maxAge, stepUp, uiLocales, audience } = loginParameters

/** What every way of logging in can be told: the rows of the contract's table, in a builder's words. */
export const loginFields = defineFields({
  screenHint: {
    ...screenHint,
    label: 'Screen',
    help: 'Which page of Auth0 opens first.',
    bindable: true,
    formerly: 'screen',
  },
  connection: {
    ...connection,
    label: 'Identity provider (Auth0 connection)',
    help: 'Goes straight to one identity provider, such as Google. Leave empty to let the visitor choose.',
    placeholder: 'google-oauth2',
    bindable: true,
  },
  organization: {
    ...organization,
    label: 'Organization',
    help: 'The organization to log in to, by ID or name. Leave empty for the one in the connection, if any.',
    bindable: true,
  },
  loginHint: {
    ...loginHint,
    label: 'Login hint',
    help: 'Fills in the visitor’s e-mail address on Auth0’s page.',
    placeholder: 'ada@acme.example',
    bindable: true,
  },
  scope: {
    ...scope,
    label: 'Additional scopes',
    help: 'Permissions to ask for beyond profile and e-mail, separated by spaces.',
    placeholder: 'read:orders write:orders',
    bindable: true,
    formerly: 'additionalScopes',
  },
})

/** What few need: shown behind "Advanced". */
export const advancedLoginFields = defineFields({
  invitation: {
    ...invitation,
    label: 'Invitation',
    help: 'The ticket of an organization’s invitation. Leave empty to use the one in the page’s own address.',
    advanced: true,
    bindable: true,
  },
  prompt: {
    ...prompt,
    label: 'Prompt',
    help: 'What Auth0 asks even though the visitor has a session there.',
    advanced: true,
    bindable: true,
  },
  maxAge: {
    ...maxAge,
    label: 'Maximum age',
    help: 'Asks for the credentials if the last login was longer ago than this.',
    advanced: true,
    bindable: true,
  },
  stepUp: {
    ...stepUp,
    label: 'Ask for a second factor',
    help: 'Requires multi-factor authentication for this login.',
    advanced: true,
    bindable: true,
  },
  uiLocales: {
    ...uiLocales,
    label: 'Language',
    help: 'The languages to show Auth0’s page in, the best one first.',
    placeholder: 'fr en',
    advanced: true,
    bindable: true,
    formerly: 'language',
  },
  audience: {
    ...audience,
    label: 'API audience',
    help: 'The API that the access token is for. Leave empty for the one in the connection.',
    advanced: true,
    bindable: true,
  },
})
