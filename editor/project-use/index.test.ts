import { describe, expect, it } from 'vitest'
import type { EditorHost, Environment } from 'lowgate/contract'
import { createTestHost } from '../testing/test-host.ts'
import { toProjectUse, toSiteUses } from './index.ts'

const use = (changes: Partial<EditorHost>, environment: Environment = 'preview') =>
  toProjectUse(createTestHost('', changes), environment, (one) => one === 'preview' || one === 'production')

describe('what a site hands to Auth0', () => {
  it('is one callback and one logout landing under its base path', () => {
    expect(toSiteUses({ origin: 'https://www.acme.example', basePath: '/shop/' })).toEqual([
      {
        callback: 'https://www.acme.example/shop/callback',
        logout: 'https://www.acme.example/shop/logged-out',
        webOrigin: 'https://www.acme.example',
        initiateLogin: 'https://www.acme.example/shop/',
      },
    ])
  })

  it('is each landing of the host’s own, as it is, and a login starts at the first or at the login page', () => {
    const site = {
      origin: 'https://www.acme.example',
      basePath: '/shop/',
      landings: ['/shop/en/', '/shop/fr/'],
    }
    expect(toSiteUses(site)).toEqual(
      ['https://www.acme.example/shop/en/', 'https://www.acme.example/shop/fr/'].map((landing) => ({
        callback: landing,
        logout: landing,
        webOrigin: 'https://www.acme.example',
        initiateLogin: 'https://www.acme.example/shop/en/',
      })),
    )
    expect(toSiteUses(site, '/welcome')[1]?.initiateLogin).toBe('https://www.acme.example/shop/welcome')
  })

  it('has no address for Auth0 to start a login at without https', () => {
    expect(toSiteUses({ origin: 'http://localhost:4403', basePath: '/' })[0]?.initiateLogin).toBeUndefined()
  })
})

describe('what a project will ask of a tenant', () => {
  const sites: EditorHost['sites'] = {
    editor: { origin: 'http://localhost:4400', basePath: '/' },
    preview: { origin: 'http://localhost:4403', basePath: '/' },
    production: { origin: 'https://www.acme.example', basePath: '/' },
  }

  it('holds the sites of every environment that falls back to this one, and no other', () => {
    expect(use({ sites }).sites.map(({ webOrigin }) => webOrigin)).toEqual([
      'http://localhost:4400',
      'http://localhost:4403',
    ])
    expect(use({ sites }, 'production').sites.map(({ webOrigin }) => webOrigin)).toEqual([
      'https://www.acme.example',
    ])
  })

  it('lets Auth0 start a login at the login page', () => {
    const settings = { connections: {}, loginPage: { pageId: 'welcome' } }
    const pages = [{ id: 'welcome', name: 'Welcome', path: '/welcome' }]
    expect(use({ sites, settings, pages }, 'production').sites[0]?.initiateLogin).toBe(
      'https://www.acme.example/welcome',
    )
  })

  it('holds the organizations that pages are for, as Auth0 takes them', () => {
    const pages = [{ id: 'north', name: 'North', path: '/north', organizations: ['Acme-North', 'org_South'] }]
    expect(use({ sites, pages }).organizations).toEqual(['acme-north', 'org_South'])
  })

  it('gathers what actions name, each once, and leaves out what is bound', () => {
    const found = use({
      actions: [
        {
          code: 'loginWithRedirect',
          args: {
            connection: 'google-oauth2',
            organization: 'acme',
            audience: 'https://api.acme.example',
            scope: 'read:orders  write:orders',
          },
        },
        { code: 'loginWithPopup', args: { connection: 'google-oauth2', organization: { bind: 'page.org' } } },
      ],
    })
    expect(found).toMatchObject({
      identityProviders: ['google-oauth2'],
      organizations: ['acme'],
      audiences: ['https://api.acme.example'],
      scopes: ['read:orders', 'write:orders'],
    })
  })

  it('says which APIs a token is asked for that no login names', () => {
    const ask = (code: string, audience?: string) => ({ code, args: { ...(audience && { audience }) } })
    const found = use({
      settings: { connections: { preview: { domain: 't.auth0.com', clientId: 'spa', audience: 'own' } } },
      actions: [
        ask('getAccessToken', 'own'),
        ask('getAccessToken', 'reports'),
        ask('getAccessToken', 'orders'),
        ask('askForMoreAccess', 'orders'),
      ],
    })
    expect(found).toMatchObject({ silentAudiences: ['reports'], asksForOwnToken: false })
    expect(use({ actions: [ask('getAccessToken')] })).toMatchObject({ asksForOwnToken: true })
  })

  it('holds the connection’s own audience and organization, the storage and the roles claim', () => {
    const settings: EditorHost['settings'] = {
      connections: {
        preview: { domain: 't.auth0.com', clientId: 'spa', audience: 'api', organization: 'org_1' },
      },
      storage: 'memory',
      rolesClaim: 'https://acme.example/roles',
    }
    expect(use({ settings })).toMatchObject({
      audiences: ['api'],
      organizations: ['org_1'],
      storage: 'memory',
      rolesClaim: 'https://acme.example/roles',
    })
  })
})
