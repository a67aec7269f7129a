import { defineCheck } from '../check.ts'

const standard = ['openid', 'profile', 'email', 'address', 'phone', 'offline_access']

export const scopeUnknown = defineCheck({
  code: 'scope-unknown',
  title: 'The scopes that are asked for exist',
  needs: ['apis'],
  find({ apis }, { use, audiences }) {
    // Of very many APIs not all are read.
    if (apis.size < audiences.length) return []
    const known = new Set([...standard, ...audiences.flatMap((audience) => apis.get(audience)?.scopes ?? [])])
    const [audience] = audiences
    const where = audience
      ? `Auth0 › Applications › APIs › ${apis.get(audience)?.name ?? audience} › Permissions`
      : 'Connection › API audience'
    return use.scopes
      .filter((scope) => !known.has(scope))
      .map((scope) => ({
        severity: 'warning',
        title: audience
          ? `No API that you use has the scope ${scope}`
          : `The scope ${scope} is asked for without an API audience`,
        why: 'Auth0 leaves it out of the visitor’s token without a word, and calls that need it are refused.',
        where,
        value: scope,
      }))
  },
})
