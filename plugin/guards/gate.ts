import { LowgateError, type Guard, type PageReference } from '../../contract/index.ts'
import { sitePath } from '../session/addresses.ts'
import { keepAddress } from '../session/kept-address.ts'
import type { Login } from '../session/login.ts'
import type { EngineContext, Entry } from '../session/types.ts'
import type { Visitor } from '../session/visitor.ts'
import { judgeAll } from './judge.ts'
import type { createLoopBreaker } from './loop-breaker.ts'

/** Errors after which sending the visitor to the tenant would only repeat them. */
const hopeless = ['auth/tenant-unreachable', 'auth/timeout', 'auth/storage-unavailable']

/** Turns verdicts into what the host does with an address, as the settings want it. */
export function createGate(
  { state, settings, host }: EngineContext,
  visitor: Visitor,
  login: Login,
  breaker: ReturnType<typeof createLoopBreaker>,
) {
  /** An error that the visitor was shown already: the next page tries again. */
  let told: LowgateError | undefined
  /** The guarded page on show. */
  let shown: { address: string; guards: readonly Guard[] } | undefined

  function sendTo(page: PageReference, why: string): Entry {
    breaker.note(why)
    return { outcome: 'redirect', address: host.pageAddress(page) }
  }

  async function enter(address: string, guards: readonly Guard[]): Promise<Entry> {
    await visitor.restore()
    const path = sitePath(host, new URL(address, location.origin))
    const verdict = judgeAll(guards, state)
    if (verdict === 'allow') {
      breaker.reset()
      state.error = undefined
      shown = { address, guards }
      return { outcome: 'show' }
    }
    if (verdict === 'deny') {
      if (settings.deniedPage) return sendTo(settings.deniedPage, `${path} refuses this visitor`)
      breaker.reset()
      throw new LowgateError('auth/not-permitted')
    }
    if (state.error && state.error !== told && hopeless.includes(state.error.code)) {
      told = state.error
      throw told
    }
    if (settings.loginPage) {
      keepAddress(host, 'after-login', address)
      return sendTo(settings.loginPage, `${path} asks for a login`)
    }
    breaker.note(`${path} asks for a login`)
    await login.start({}, address)
    return { outcome: 'leave' }
  }

  /** Whether a page is on show that the visitor may no longer see, whatever its query and hash are by now. */
  function mustHide(): boolean {
    if (!shown || new URL(shown.address, location.origin).pathname !== location.pathname) return false
    return judgeAll(shown.guards, state) !== 'allow'
  }

  return {
    mustHide,
    enter: (address: string, guards: readonly Guard[]): Promise<Entry> =>
      enter(address, guards).catch((error: unknown) => ({ outcome: 'error', error: visitor.failed(error) })),

    /** Takes a visitor home from a page that she may no longer see. */
    async leaveHidden() {
      if (mustHide()) await host.navigate(host.basePath)
    },
  }
}
