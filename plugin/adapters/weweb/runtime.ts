/**
 * What a visitor of a WeWeb site downloads once it is needed.
 *
 * @module
 */
import type { RouteLocationNormalized, RouteLocationRaw } from 'vue-router'
import { loadTrouble, type AuthClient, type Guard } from '../../../contract/index.ts'
import type { EngineContext, SessionEvents, SessionState } from '../../session/types.ts'
import { startRouterEngine, type RouterEngine } from '../vue/router-engine.ts'
import { startEditorEngine } from './editor-engine.ts'
import { guardsOf } from './guards.ts'
import { toLanding, toPageAddress } from './page-address.ts'
import type { WewebPublicData } from './public-data.ts'
import type { RunAction } from './types.ts'

/** The session's engine, with a WeWeb site as its host. */
export interface Runtime extends RouterEngine {
  /**
   * Judges a prerendered page, which was on show before any plugin ran. It settles only if the page may stay, since
   * WeWeb would go on with it; else the visitor is taken elsewhere.
   */
  guardShown(shown: RouteLocationNormalized): Promise<void>
  /** Runs a step of a workflow; `popup` is a window opened on the visitor's click. */
  run(
    runAction: RunAction,
    code: keyof AuthClient,
    args?: Record<string, unknown>,
    popup?: Window | null,
  ): Promise<unknown>
}

const events = ['login', 'logout', 'session-expired', 'error'] as const satisfies (keyof SessionEvents)[]

/** @param id The plugin's, with which the names of its variables and triggers begin. */
export function startRuntime(
  context: Omit<EngineContext, 'host'>,
  id: string,
  data: WewebPublicData,
): Runtime {
  /** What WeWeb is told, one after another: an error's words have to be downloaded first. */
  let telling = Promise.resolve()
  function tell(value: unknown, act: (plain: unknown) => void) {
    telling = telling
      .then(async () => act(value instanceof Error ? await loadTrouble(value) : (value ?? null)))
      .catch((error: unknown) => wwLib.wwLog.error(error))
  }
  const tellVariable = (name: string, value: unknown) =>
    tell(value, (plain) => wwLib.wwVariable.updateValue(`${id}-${name}`, plain))

  tellVariable('isLoading', context.state.isLoading)
  const state = new Proxy(context.state, {
    set(target, name: keyof SessionState, value: never) {
      target[name] = value
      tellVariable(name, value)
      return true
    },
  })
  for (const event of events)
    context.listeners.add([
      event,
      (payload: unknown) =>
        tell(payload, (plain) => wwLib.wwWorkflow.executeTrigger(`${id}-${event}`, { event: plain })),
    ])

  function guardsAt({ meta }: RouteLocationNormalized): Guard[] {
    const page = wwLib.wwWebsiteData.getPages().find((candidate) => candidate.id === meta.pageId)
    return page ? guardsOf(page, data, wwLib.wwAuth?.plugin?.id === id) : []
  }

  const engine = wwLib.manager
    ? startEditorEngine({ ...context, state }, data)
    : startRouterEngine(
        { ...context, state },
        {
          router: wwLib.getFrontRouter(),
          landing: () => toLanding(data),
          pageAddress: toPageAddress,
          guardsOf: guardsAt,
        },
      )

  return {
    ...engine,
    async guardShown(shown) {
      const verdict = await engine.guard(shown, { matched: [] })
      if (verdict === true || verdict === undefined) return
      await leave(verdict as RouteLocationRaw)
      await new Promise(() => undefined)
    },
    async run(runAction, code, { target, ...args } = {}, popup) {
      const { client } = engine
      const page = typeof target === 'string' ? target && { pageId: target } : target
      return runAction(code, page ? { ...args, target: page } : args, {
        client: { ...client, loginWithPopup: (request) => client.loginWithPopup(request, popup) },
      })
    },
  }
}

/** Takes the visitor from a prerendered page to what the guard names: a page, or the error in its place. */
async function leave(verdict: RouteLocationRaw): Promise<void> {
  const router = wwLib.getFrontRouter()
  if (typeof verdict !== 'object' || !('name' in verdict))
    // In the app the next page would wait for all plugins, and so for this one.
    return location.replace(router.resolve(verdict).href)
  await router.replace(verdict)
  // Until the plugins are loaded, WeWeb lets nobody touch what was prerendered.
  for (const element of document.querySelectorAll('[inert]')) element.removeAttribute('inert')
}
