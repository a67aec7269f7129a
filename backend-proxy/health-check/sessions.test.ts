import { describe, expect, it } from 'vitest'
import { projectUse } from 'lowgate/contract/proxy-api'
import { customDomainChecks } from './sessions.ts'
import type { TenantParts } from './tenant-parts.ts'

const site = {
  callback: 'https://a.example/callback',
  logout: 'https://a.example/',
  webOrigin: 'https://a.example',
}

const customIssuer = customDomainChecks.find(({ code }) => code === 'custom-issuer')

const codes = (issuer: string) =>
  customIssuer?.find({ customIssuer: issuer } as TenantParts, {
    environment: 'production',
    domain: 't.auth0.com',
    use: projectUse.parse({ sites: [site] }),
    clientId: 'spa',
    audience: undefined,
    customDomain: 'login.acme.example',
    audiences: [],
    organizations: [],
  })

describe('an issuer that does not match the custom domain', () => {
  it('is none when it is its own name with the last slash', () => {
    expect(codes('https://login.acme.example/')).toEqual([])
  })

  it.each(['https://t.auth0.com/', 'https://login.acme.example'])('is an error: %s', (issuer) => {
    expect(codes(issuer)).toMatchObject([{ severity: 'error', value: 'https://login.acme.example/' }])
  })
})
