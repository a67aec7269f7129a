import { describe, expect, it } from 'vitest'
import { toAuthorizeParameters, type LoginRequest } from './login-parameters.ts'

describe('a login request in Auth0’s words', () => {
  it.each<[LoginRequest, Record<string, string>]>([
    [{ screenHint: 'signup' }, { screen_hint: 'signup' }],
    [{ connection: 'google-oauth2' }, { connection: 'google-oauth2' }],
    [{ organization: 'Acme-South' }, { organization: 'acme-south' }],
    [{ organization: 'org_Xy12' }, { organization: 'org_Xy12' }],
    [{ loginHint: 'Ada@acme.example' }, { login_hint: 'Ada@acme.example' }],
    [{ scope: 'read:orders' }, { scope: 'read:orders' }],
    [{ invitation: 'Ticket' }, { invitation: 'Ticket' }],
    [{ prompt: 'select_account' }, { prompt: 'select_account' }],
    [{ maxAge: 0 }, { max_age: '0' }],
    [{ stepUp: true }, { acr_values: 'http://schemas.openid.net/pape/policies/2007/06/multi-factor' }],
    [{ uiLocales: 'fr en' }, { ui_locales: 'fr en' }],
    [{ audience: 'https://api.acme.example' }, { audience: 'https://api.acme.example' }],
  ])('sends %j as %j', (request, sent) => {
    expect(toAuthorizeParameters(request)).toEqual(sent)
  })

  it('sends no default and nothing blank', () => {
    expect(
      toAuthorizeParameters({ screenHint: 'login', stepUp: false, organization: '', audience: undefined }),
    ).toEqual({})
  })

  it('sends nothing that is not in the table', () => {
    const event = {
      isTrusted: true,
      client_id: 'other',
      redirect_uri: 'https://evil.example',
    } as LoginRequest
    expect(toAuthorizeParameters(event)).toEqual({})
  })
})
