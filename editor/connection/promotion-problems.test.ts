import { describe, expect, it } from 'vitest'
import type { Environment } from 'lowgate/contract'
import type { ConnectionView } from 'lowgate/contract/proxy-api'
import { createTestHost } from '../testing/test-host.ts'
import { promotionProblems } from './promotion-problems.ts'

const view = (environment: Environment, clientId: string): ConnectionView => ({
  environment,
  domain: 't.auth0.com',
  m2mClientId: 'machine',
  hasSecret: true,
  clientId,
  revision: 1,
  updatedAt: '2026-01-01T00:00:00.000Z',
})

const problemsOf = (changes: { to?: Environment; domain?: string; clientId?: string; origin?: string }) =>
  promotionProblems({
    host: createTestHost('', {
      sites: { production: { origin: changes.origin ?? 'https://www.acme.example', basePath: '/' } },
    }),
    to: changes.to ?? 'production',
    domain: changes.domain ?? 't.auth0.com',
    clientId: changes.clientId ?? 'spa-production',
    saved: new Map([
      ['preview', view('preview', 'spa-preview')],
      ['production', view('production', 'spa-production')],
    ]),
  }).map(({ title }) => title)

describe('promotion to production', () => {
  it('has nothing against an application of its own on an https site', () => {
    expect(problemsOf({})).toEqual([])
  })

  it.each([
    [{ domain: 'localhost:4400' }, 'tenant on this machine'],
    [{ origin: 'http://localhost:4404' }, 'on this machine'],
    [{ origin: 'http://www.acme.example' }, 'without https'],
    [{ clientId: 'spa-preview' }, 'Preview uses the same SPA application'],
  ])('refuses %o', (changes, words) => {
    expect(problemsOf(changes)).toEqual([expect.stringContaining(words)])
  })

  it('does not judge other environments', () => {
    expect(problemsOf({ to: 'staging', domain: 'localhost:4400', clientId: 'spa-preview' })).toEqual([])
  })
})
