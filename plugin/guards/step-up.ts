import type { Guard, LoginRequest, User } from '../../contract/index.ts'

/** What an ID token says of the login itself. */
export type KnownLogin = Pick<User, 'amr' | 'auth_time'>

type StepUp = Pick<LoginRequest, 'stepUp' | 'maxAge'>

/** What a new login has to bring for these guards; `undefined` when the one that there is suffices. */
export function stepUpFor(guards: readonly Guard[], login: KnownLogin | undefined): StepUp | undefined {
  const rules = guards.filter((guard) => typeof guard === 'object')
  const { amr, auth_time: at } = login ?? {}
  const ages = rules.flatMap(({ maxLoginAge }) => maxLoginAge ?? [])
  const maxAge = Math.min(...ages)
  const lacksFactor =
    rules.some(({ secondFactor }) => secondFactor) && !(Array.isArray(amr) && amr.includes('mfa'))
  const isOld = ages.length > 0 && !(typeof at === 'number' && at + maxAge > Date.now() / 1000)
  if (!lacksFactor && !isOld) return undefined
  return { ...(lacksFactor && { stepUp: true }), ...(isOld && { maxAge }) }
}
