import { errorReference, loadTrouble, tenantReason, type PageReference } from 'lowgate/contract'
import { waysOn, type Lowgate, type WayOn } from 'lowgate/plugin'
import { computed, inject, reactive, shallowReactive, shallowRef, watch, type InjectionKey } from 'vue'
import type { Router } from 'vue-router'
import type { Scope } from '../project/bindings.ts'
import { splitLanguage } from '../project/languages.ts'
import { hasParameters } from '../project/page-paths.ts'
import type { PublicSite } from '../project/public-site.ts'
import type { Trigger } from '../project/schema.ts'
import { callApi, type ApiRequest } from './call-api.ts'
import { followSessionEnd } from './session-end/follow-session-end.ts'
import { toLocation } from './to-location.ts'
import { toBoundError, type BoundError } from './workflows/bound-error.ts'
import { createCircleBreaker } from './workflows/circle-breaker.ts'
import { runWorkflow, type TraceEntry } from './workflows/run-workflow.ts'

/** Something the visitor must be told. */
export interface Message {
  id: number
  tone: 'info' | 'error'
  title: string
  text?: string
  /** What the visitor can do about it. */
  ways?: WayOn[]
}

const eventOf = (trigger: Trigger): string =>
  trigger.type === 'click' ? trigger.blockId : trigger.type === 'page-load' ? trigger.pageId : trigger.event

/** What the parts of a site share: its data, what bindings see, and the workflows. */
export function createRuntime(site: PublicSite, session: Lowgate['session'], router: Router) {
  const messages = shallowReactive<Message[]>([])
  const variables = reactive(Object.create(null) as Record<string, unknown>)
  const tokenOrigins = new Set(site.tokenOrigins)
  const circles = createCircleBreaker(() => sessionStorage)
  for (const touch of ['pointerdown', 'keydown']) addEventListener(touch, circles.reset, { capture: true })
  /** Buttons whose workflows are running. */
  const running = new Set<string>()
  let lastMessage = 0
  /** Told of each step; the preview's tools listen. */
  let trace: ((entry: TraceEntry) => void) | undefined

  const language = computed(() => splitLanguage(router.currentRoute.value.path, site.languages).language)

  const tell = (message: Omit<Message, 'id'>) => void messages.push({ ...message, id: (lastMessage += 1) })

  async function tellError(error: unknown): Promise<void> {
    const { title, cure } = await loadTrouble(error)
    const reference = errorReference(error)
    // The preview is the builder's.
    const reason = site.studioUrl && tenantReason(error)
    const text = [cure, reason && `Auth0 says: ${reason}`, reference && `Reference: ${reference}`]
    tell({ tone: 'error', title, text: text.filter(Boolean).join(' '), ways: waysOn(error) })
  }

  const authError = shallowRef<BoundError>()
  /** Settles once the session's last error has its text. */
  let described = Promise.resolve()
  async function describe(error: unknown): Promise<void> {
    const bound = error === undefined ? undefined : await toBoundError(error)
    if (session.state.error === error) authError.value = bound
  }
  watch(
    () => session.state.error,
    (error) => (described = describe(error)),
    { immediate: true, flush: 'sync' },
  )

  /** Those of guarded pages are among them once their content is here. */
  const workflows = () => [
    ...site.workflows,
    ...site.pages.flatMap(({ content }) => content?.workflows ?? []),
  ]

  /** What bindings are looked up in; read inside a render, the render follows it. */
  function scope(): Scope {
    const { user, isAuthenticated, isLoading, roles, permissions, organization } = session.state
    const { params, query } = router.currentRoute.value
    return {
      auth: {
        ...{ user, isAuthenticated, isLoading, roles, permissions, organization },
        error: authError.value,
      },
      page: { params, query, language: language.value },
      variables,
    }
  }

  const linkTo = (page: PageReference) => toLocation(site, page, language.value)

  /** A home page that needs parameters cannot be linked to: the root is used instead. */
  const linkHome = () => {
    const home = site.pages.find(({ id }) => id === site.homePageId)
    return home && !hasParameters(home.path) ? linkTo({ pageId: home.id }) : '/'
  }

  const actions = {
    goToPage: async (page: PageReference) => void (await router.push(linkTo(page))),
    setVariable: (name: string, value: unknown) => void (variables[name] = value),
    callApi: async (request: ApiRequest) => callApi(request, session, tokenOrigins),
    showMessage: tell,
  }

  /** Runs what starts with this trigger; `event` is what bindings see as `event`. */
  async function start(type: Trigger['type'], event: string, payload?: unknown): Promise<void> {
    await described
    for (const workflow of workflows())
      if (workflow.trigger.type === type && eventOf(workflow.trigger) === event) {
        if (type !== 'click' && !circles.mayStart(workflow.id)) {
          tell({
            tone: 'error',
            title: 'This page kept leading back to itself and was stopped.',
            text: 'Try another page; if it happens every time, tell the site’s owner.',
          })
          continue
        }
        await runWorkflow(workflow, {
          client: session.client,
          site: actions,
          scope: () => ({ ...scope(), event: payload }),
          trace: (entry) => trace?.(entry),
          // It never ends, and the visitor may come back or stop on the way.
          leaves: () => running.delete(event),
        }).catch(tellError)
      }
  }

  // A page that cannot even be judged, because the part that judges was not downloaded.
  router.onError(tellError)
  const sessionEnd = followSessionEnd({ site, session, router, variables })
  for (const event of ['login', 'logout', 'session-expired'] as const)
    session.on(event, (payload) => void start('session', event, payload))
  session.on('error', async (error) => start('session', 'error', await toBoundError(error)))

  return {
    site,
    session,
    messages,
    variables,
    language,
    scope,
    linkTo,
    linkHome,
    sessionEnd,
    callApi: actions.callApi,
    setVariable: actions.setVariable,
    /** Does what a message offers. */
    takeWay({ request }: WayOn) {
      messages.splice(0)
      session.client.loginWithRedirect(request).catch(tellError)
    },
    dismiss: (id: number) =>
      void messages.splice(
        messages.findIndex((message) => message.id === id),
        1,
      ),
    hasClick: (blockId: string) =>
      workflows().some(({ trigger }) => trigger.type === 'click' && trigger.blockId === blockId),
    async click(blockId: string) {
      if (running.has(blockId)) return
      running.add(blockId)
      messages.splice(0)
      await start('click', blockId).finally(() => running.delete(blockId))
    },
    pageLoaded: async (pageId: string) => start('page-load', pageId),
    onTrace(listener: (entry: TraceEntry) => void) {
      trace = listener
    },
  }
}

export type Runtime = ReturnType<typeof createRuntime>

export const runtimeKey: InjectionKey<Runtime> = Symbol('site runtime')

export function useRuntime(): Runtime {
  const runtime = inject(runtimeKey)
  if (!runtime) throw new Error('This component was used outside a site. Provide a Runtime under runtimeKey.')
  return runtime
}
