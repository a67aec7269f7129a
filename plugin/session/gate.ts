import {
  isOrganization,
  LowgateError,
  type Guard,
  type LoginRequest,
  type PageReference,
} from '../../contract/index.ts'
import { toHome, toSitePath } from '../browser/addresses.ts'
import { toName } from '../browser/probe.ts'
import { keepTarget, tabStore, type KeptTarget } from '../browser/storage.ts'
import { judgeAll, organizationsOf } from '../guards/judge.ts'
import { createLoopBreaker } from '../guards/loop-breaker.ts'
import { stepUpFor } from '../guards/step-up.ts'
import { toStepUpName, type Login } from './login.ts'
import type { ConnectedContext, Entry } from './types.ts'
import type { Visitor } from './visitor.ts'

/** Errors after which sending the visitor to the tenant would only repeat them. */
const hopeless = [
  'auth/tenant-unreachable',
  'auth/tenant-failed',
  'auth/rate-limited',
  'auth/timeout',
  'auth/storage-unavailable',
]

export interface Gate {
  /** What the host does with an address, as the guards judge and the settings want it. */
  enter(address: string, guards: readonly Guard[], login?: LoginRequest): Promise<Entry>
  /** Whether a page is on show that the visitor may no longer see, whatever its query and hash are by now. */
  mustHide(): boolean
  /** Takes a visitor home from a page that they may no longer see, or to one that they were refused and may see by now. */
  review(): Promise<void>
}

export function createGate(
  { state, settings, connection, host }: ConnectedContext,
  visitor: Visitor,
  login: Login,
): Gate {
  const breaker = createLoopBreaker(toName(host.site, `redirects:${connection.clientId}`))
  const stepUpName = toStepUpName(connection.clientId, host.site)
  /** An error that the visitor was shown already: the next page tries again. */
  let told: LowgateError | undefined
  /** The guarded page on show. */
  let shown: { address: string; guards: readonly Guard[] } | undefined
  /** The page that the visitor was refused last, and the address that was shown instead. */
  let refused: { address: string; guards: readonly Guard[]; at: string } | undefined

  function sendTo(page: PageReference, why: string): Entry {
    breaker.note(why)
    return { outcome: 'redirect', address: host.pageAddress(page) }
  }

  async function enter(
    address: string,
    guards: readonly Guard[],
    request: LoginRequest = {},
  ): Promise<Entry> {
    await visitor.restore()
    const path = toSitePath(host, new URL(address, location.origin))
    const verdict = judgeAll(guards, state)
    if (verdict === 'allow') {
      breaker.reset()
      tabStore.remove(stepUpName)
      state.error = undefined
      shown = { address, guards }
      if (refused?.address === address) refused = undefined
      return { outcome: 'show' }
    }
    const organizations = organizationsOf(guards) ?? []
    const target = { address, organization: organizations.length === 1 ? organizations[0] : undefined }
    login.demand(target)
    if (verdict === 'deny') {
      refused = { address, guards, at: address }
      if (organizations.length && !organizations.some((wanted) => isOrganization(wanted, state.organization)))
        return enterOrganization(organizations, target, request)
      if (settings.deniedPage) {
        refused.at = host.pageAddress(settings.deniedPage)
        return sendTo(settings.deniedPage, `${path} refuses this visitor`)
      }
      breaker.reset()
      throw new LowgateError('auth/not-permitted')
    }
    if (verdict === 'step-up') return stepUp(target, guards, request)
    if (state.error && state.error !== told && hopeless.includes(state.error.code)) {
      told = state.error
      throw told
    }
    if (settings.loginPage) {
      keepTarget(host, 'after-login', target)
      return sendTo(settings.loginPage, `${path} asks for a login`)
    }
    breaker.note(`${path} asks for a login`)
    await login.start(request, target)
    return { outcome: 'leave' }
  }

  /**
   * A visitor who is in no organization goes on to the only one that a page is for: their session at the tenant spares
   * them the login. One who is in another, or may choose, decides.
   */
  async function enterOrganization(
    organizations: string[],
    target: KeptTarget,
    request: LoginRequest,
  ): Promise<Entry> {
    const { organization: current } = state
    if (!current && target.organization) {
      breaker.note(`${target.address} asks for a login to ${target.organization}`)
      await login.start(request, target)
      return { outcome: 'leave' }
    }
    breaker.reset()
    const needsName = current && !current.name && organizations.some((wanted) => !wanted.startsWith('org_'))
    throw needsName
      ? new LowgateError('config/organization-unnamed')
      : new LowgateError('auth/organization-required', { organizations })
  }

  /** Asks for what the login lacks, once: a tenant that sends the visitor back without it would go on doing so. */
  async function stepUp(target: KeptTarget, guards: readonly Guard[], request: LoginRequest): Promise<Entry> {
    const lacking = stepUpFor(guards, state.user) ?? {}
    const asked = JSON.stringify(lacking)
    if (tabStore.get(stepUpName) === asked) {
      tabStore.remove(stepUpName)
      breaker.reset()
      throw new LowgateError('auth/step-up-refused')
    }
    breaker.note(`${target.address} asks for more than the login`)
    await login.startMore({ ...request, ...lacking }, target, asked)
    return { outcome: 'leave' }
  }

  function mustHide(): boolean {
    if (!shown || !isHere(shown.address)) return false
    // A login that grows too old while its page is open takes nothing away.
    return ['login', 'deny'].includes(judgeAll(shown.guards, state))
  }

  return {
    enter: (address, guards, request) =>
      enter(address, guards, request).catch((error: unknown) => {
        // The error takes the place of a page that may have been shown at the same address before.
        shown = undefined
        return { outcome: 'error', error: visitor.noteError(error) }
      }),
    mustHide,
    async review() {
      if (mustHide()) await host.navigate(toHome(host))
      else if (refused && isHere(refused.at) && judgeAll(refused.guards, state) === 'allow')
        await host.navigate(refused.address, { replace: true })
    },
  }
}

/** Whether the browser shows this page, with any query and hash. */
const isHere = (address: string): boolean => new URL(address, location.origin).pathname === location.pathname
