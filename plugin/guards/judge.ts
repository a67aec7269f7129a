import { isOrganization, toOrganization, type Guard, type Verdict } from '../../contract/index.ts'
import { stepUpFor, type KnownLogin } from './step-up.ts'

/** What guards know of a visitor. */
export interface KnownVisitor {
  isAuthenticated: boolean
  /** From the claim that the settings name; empty when the token has none. */
  roles: string[]
  permissions: string[]
  organization: { id: string; name?: string } | undefined
  /** How and when they logged in; a guard that asks for it takes nothing for not known. */
  user?: KnownLogin | undefined
}

/** The verdict of one guard on what is known of a visitor. It never navigates. */
export function judge(
  guard: Guard,
  { isAuthenticated, roles, permissions, organization, user }: KnownVisitor,
): Verdict {
  if (guard === 'everyone') return 'allow'
  if (!isAuthenticated) return 'login'
  if (guard === 'authenticated') return 'allow'
  const { groups, permissions: needed, organizations } = guard
  const isInGroup = !groups || groups.some((group) => group.every((role) => roles.includes(role)))
  const isPermitted = !needed || needed.every((permission) => permissions.includes(permission))
  const isMember = !organizations || organizations.some((wanted) => isOrganization(wanted, organization))
  if (!(isInGroup && isPermitted && isMember)) return 'deny'
  return stepUpFor([guard], user) ? 'step-up' : 'allow'
}

/** The verdict of several guards around one page: all must allow, and a login is asked for before anything else. */
export function judgeAll(guards: readonly Guard[], known: KnownVisitor): Verdict {
  const verdicts = guards.map((guard) => judge(guard, known))
  return (['login', 'deny', 'step-up'] as const).find((verdict) => verdicts.includes(verdict)) ?? 'allow'
}

/** The organizations that every guard lets in which names any; `undefined` where none does. */
export function organizationsOf(guards: readonly Guard[]): string[] | undefined {
  const named = guards.flatMap((guard) =>
    typeof guard === 'object' && guard.organizations ? [guard.organizations.map(toOrganization)] : [],
  )
  return named[0]?.filter((organization) => named.every((list) => list.includes(organization)))
}
