import { defineCheck } from '../check.ts'

export const rolesClaim = defineCheck({
  code: 'roles-claim',
  title: 'An Auth0 Action delivers the roles',
  needs: ['loginActions'],
  find({ loginActions }, { use }) {
    const { rolesClaim: claim } = use
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
})
