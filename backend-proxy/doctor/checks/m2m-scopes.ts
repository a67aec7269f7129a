import { scopeOfList } from '../../../contract/index.ts'
import { requiredScopes } from '../../tenant/required-scopes.ts'
import { defineCheck } from '../check.ts'

const where = 'Auth0 › Applications › APIs › Auth0 Management API › Machine to Machine Applications'
const useful = [
  ...Object.values(scopeOfList),
  'update:clients',
  'read:actions',
  'read:users',
  'read:client_grants',
]

export const m2mScopeMissing = defineCheck({
  code: 'm2m-scope-missing',
  title: 'The M2M application may read what the panel shows',
  needs: ['scopes'],
  find: ({ scopes }) =>
    requiredScopes
      .filter((scope) => !scopes.includes(scope))
      .map((scope) => ({
        severity: 'warning',
        title: `The M2M application lacks ${scope}`,
        why: 'A list of the connection panel stays empty, and checks that need it are left out.',
        where,
        value: scope,
      })),
})

export const m2mScopeExcessive = defineCheck({
  code: 'm2m-scope-excessive',
  title: 'The M2M application may not do more than it needs',
  needs: ['scopes'],
  find({ scopes }) {
    const excessive = scopes.filter((scope) => ![...requiredScopes, ...useful].includes(scope))
    return excessive.length
      ? [
          {
            severity: 'notice',
            title: `The M2M application may do ${String(excessive.length)} things that it never does`,
            why: 'Whoever got hold of its secret could do them too. Untick what is listed here.',
            where,
            value: excessive.slice(0, 30).join(' '),
          },
        ]
      : []
  },
})
