import { LowgateError, type Guard } from '../../../contract/index.ts'

const word = /^(authenticated|second-factor|(role|permission|organization):\S.*|max-login-age:[1-9]\d*)$/

/**
 * What an attribute or a page rule demands: words, separated by commas, all of which a visitor has to meet. Of several
 * roles, and of several organizations, one is enough.
 *
 * @throws `config/page-settings` for anything else.
 * @example
 * parseCondition('role:editor, role:admin, organization:acme') // { groups: [['editor'], ['admin']], organizations: ['acme'] }
 */
export function parseCondition(text: string): Guard {
  const words = text.split(',').map((each) => each.trim())
  for (const each of words) if (!word.test(each)) throw refuseWord(each, text)
  const after = (kind: string) =>
    words.flatMap((each) => (each.startsWith(`${kind}:`) ? [each.slice(kind.length + 1)] : []))
  const [roles, permissions, organizations, ages] = [
    after('role'),
    after('permission'),
    after('organization'),
    after('max-login-age').map(Number),
  ]
  return {
    ...(roles.length && { groups: roles.map((role) => [role]) }),
    ...(permissions.length && { permissions }),
    ...(organizations.length && { organizations }),
    ...(words.includes('second-factor') && { secondFactor: true }),
    ...(ages.length && { maxLoginAge: Math.min(...ages) }),
  }
}

const refuseWord = (wrong: string, text: string) =>
  new LowgateError('config/page-settings', {
    title: `“${wrong}” in “${text}” is not something that a visitor can be asked for.`,
    cure: 'Use authenticated, role:…, permission:…, organization:…, second-factor or max-login-age:…, separated by commas.',
  })
