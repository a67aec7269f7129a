import { scopeOfList } from 'lowgate/contract'
import { requiredScopes } from '../tenant/required-scopes.ts'
import { defineCheck } from './check.ts'

const usefulScopes = [
  ...requiredScopes,
  ...Object.values(scopeOfList),
  'update:clients',
  'read:actions',
  'read:users',
  'read:client_grants',
  'read:tenant_settings',
]

const m2mScopes = 'Auth0 › Applications › APIs › Auth0 Management API › Machine to Machine Applications'

/** What visitors may do (their roles), and what the M2M application may. */
export const permissionChecks = [
  defineCheck({
    code: 'roles-claim',
    title: 'An Auth0 Action delivers the roles',
    needs: ['loginActions'],
    find({ loginActions }, { use: { rolesClaim: claim } }) {
      if (!claim || loginActions.some(({ code }) => code.includes(claim))) return []
      return [
        {
          severity: 'warning',
          title: `No Auth0 Action sets the claim ${claim}`,
          why: 'Visitors arrive without roles, so pages that ask for one stay closed to everybody.',
          where: 'Auth0 › Actions › Triggers › post-login: a custom Action with this code',
          value: `exports.onExecutePostLogin = async (event, api) => {
  const roles = event.authorization?.roles ?? []
  api.idToken.setCustomClaim('${claim}', roles)
  api.accessToken.setCustomClaim('${claim}', roles)
}`,
        },
      ]
    },
  }),

  defineCheck({
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
          where: m2mScopes,
          value: scope,
        })),
  }),

  defineCheck({
    code: 'm2m-scope-excessive',
    title: 'The M2M application may not do more than it needs',
    needs: ['scopes'],
    find({ scopes }) {
      const excessive = scopes.filter((scope) => !usefulScopes.includes(scope))
      return excessive.length
        ? [
            {
              severity: 'notice',
              title: `The M2M application may do ${String(excessive.length)} things that it never does`,
              why: 'Anyone who got hold of its secret could do them too. Untick what is listed here.',
              where: m2mScopes,
              value: excessive.slice(0, 30).join(' '),
            },
          ]
        : []
    },
  }),
]
