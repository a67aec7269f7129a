import { publicSettings } from 'lowgate/contract/schemas'
import { describe, expect, test } from 'vitest'
import { importSettings } from './import-settings.ts'

const connection = { domain: 'login.acme.example', clientId: 'spa', audience: 'https://api.acme.example' }

describe('settings of the official plugin', () => {
  const imported = importSettings({
    publicData: {
      domain: 'https://acme.eu.auth0.com/',
      customDomain: 'login.acme.example',
      SPAClientId: 'spa',
      M2MClientId: 'machine',
      audience: 'https://api.acme.example',
      scope: 'openid read:orders',
      afterSignInPageId: 'welcome',
      afterNotSignInPageId: 'login',
      afterForbiddenPageId: 'denied',
      roles: [{ id: 'r1', name: 'Manager' }],
    },
    privateData: { M2MClientSecret: 'machine-secret', SPAClientSecret: 'spa-secret' },
  })

  test('become a connection, pages and roles', () => {
    expect(imported?.publicData).toEqual({
      settings: {
        connections: { production: connection },
        rolesClaim: 'https://auth0.weweb.io/roles',
        loginPage: { pageId: 'login' },
        deniedPage: { pageId: 'denied' },
      },
      roles: [{ id: 'r1', name: 'Manager' }],
    })
    expect(publicSettings.safeParse(imported?.publicData.settings).success).toBe(true)
  })

  test('leave every secret behind, and say so', () => {
    expect(JSON.stringify(imported)).not.toMatch(/machine-secret|spa-secret/)
    expect(JSON.stringify(imported?.publicData)).not.toContain('machine')
    const told = imported?.dropped.join('\n')
    for (const part of ['M2M client secret', 'SPA application', 'scopes', 'page after login', 'Rule'])
      expect(told).toContain(part)
  })

  test('without a readable connection say that it has to be entered', () => {
    const { publicData, dropped } =
      importSettings({ publicData: { domain: 'not a domain', SPAClientId: 'spa' } }) ?? {}
    expect(publicData?.settings.connections).toEqual({})
    expect(dropped?.[0]).toContain('Enter it under Connections')
  })
})

describe('a connection of the integration', () => {
  test('becomes one for each environment that it has values for', () => {
    const perEnvironment = (editor: string, staging: string) => ({
      editorValue: editor,
      stagingValue: staging,
      __envVariableKey: 'X',
    })
    const imported = importSettings({
      config: {
        domain: perEnvironment('dev.eu.auth0.com', 'stage.eu.auth0.com'),
        SPAClientId: perEnvironment('dev-spa', 'stage-spa'),
        M2MClientSecret: { secure: true, editorValue: 'secret-1', __envVariableKey: 'Y' },
      },
    })
    expect(imported?.publicData.settings.connections).toEqual({
      editor: { domain: 'dev.eu.auth0.com', clientId: 'dev-spa' },
      staging: { domain: 'stage.eu.auth0.com', clientId: 'stage-spa' },
    })
    expect(JSON.stringify(imported)).not.toContain('secret-1')
    expect(imported?.dropped.join('\n')).toMatch(/connection for production.*\n.*M2M client secret/)
  })
})

test.each([undefined, null, 'text', [], {}, { publicData: 7 }])('%j is neither', (old) => {
  expect(importSettings(old)).toBeUndefined()
})
