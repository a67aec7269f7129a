import { describe, expect, it } from 'vitest'
import { isOrganization, toOrganization } from './organization.ts'

describe('toOrganization', () => {
  it.each([
    ['Acme-South', 'acme-south'],
    [' acme ', 'acme'],
    ['org_Xy12', 'org_Xy12'],
    ['ORG_x', 'org_x'],
  ])('reads %j as %j', (typed, organization) => {
    expect(toOrganization(typed)).toBe(organization)
  })
})

describe('isOrganization', () => {
  const acme = { id: 'org_Xy12', name: 'acme-south' }

  it.each(['org_Xy12', 'acme-south', 'Acme-South', ' ACME-SOUTH '])(
    'takes %j for the one it names',
    (wanted) => {
      expect(isOrganization(wanted, acme)).toBe(true)
    },
  )

  it.each(['org_xy12', 'acme', ''])('does not take %j for it', (wanted) => {
    expect(isOrganization(wanted, acme)).toBe(false)
  })

  it('knows no name where the token carries only the id', () => {
    expect(isOrganization('acme-south', { id: 'org_Xy12' })).toBe(false)
    expect(isOrganization('acme-south', undefined)).toBe(false)
  })
})
