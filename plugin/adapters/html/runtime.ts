import { isLowgateError, LowgateError, type RuntimeHost } from '../../../contract/index.ts'
import { readAddress, toSafeAddress } from '../../browser/addresses.ts'
import { hasSessionHint } from '../../browser/probe.ts'
import { createRefusal, startEngine } from '../../session/engine.ts'
import { toSession } from '../../session/to-session.ts'
import type { Engine, EngineContext, Session } from '../../session/types.ts'
import { parseCondition } from './conditions.ts'
import { clearError, reportElement, showError } from './errors.ts'
import { toLanding, type Page } from './site-pages.ts'
import { addSheet, showOnly } from './sheets.ts'
import { createView } from './view.ts'

export interface PageEngine extends Engine {
  session: Session
  /** Shows the page, or what takes its place. @param patterns Those of the rules that fit it. */
  open(patterns: readonly string[]): Promise<void>
  /** Runs the action of an element. @param popup A window opened on the visitor's click. */
  run(element: HTMLElement, popup: Window | null | undefined): Promise<void>
}

/** A site whose pages are files: every other page is a load. */
function createHost({ config, cover }: Page): Omit<RuntimeHost, 'environment'> {
  const { basePath = '/', site } = config
  const host: Omit<RuntimeHost, 'environment'> = {
    basePath,
    ...(site && { site }),
    landing: () => toLanding(config),
    pageAddress({ pageId, query, hash }) {
      const url = new URL(pageId, document.baseURI)
      for (const entry of Object.entries(query ?? {})) url.searchParams.set(...entry)
      if (hash) url.hash = hash
      const address = url.href.replace(location.origin, '')
      if (toSafeAddress(address, host) !== address) throw new Error(`“${pageId}” is not a page of this site.`)
      return address
    },
    async navigate(address, { replace = false } = {}) {
      const { pathname, search, hash } = new URL(address, location.origin)
      const isHere = pathname === location.pathname
      if (isHere && replace) {
        history.replaceState(history.state, '', address)
        // An error has taken the place of this page.
        if (!cover.disabled) location.reload()
        return
      }
      // What is left may be what the visitor may no longer see, until the next page is there.
      cover.disabled = isHere && search === location.search && hash !== ''
      location[replace ? 'replace' : 'assign'](address)
    },
  }
  return host
}

/** The session's engine, with a page as its host. @param problem What is wrong with the settings, if anything is. */
export function startRuntime(
  page: Page,
  context: Omit<EngineContext, 'host'>,
  problem?: LowgateError,
): PageEngine {
  const { config, cover } = page
  const { state, connection } = context
  const engine = problem
    ? createRefusal(context, problem)
    : startEngine({ ...context, host: createHost(page) })
  const session = toSession(context, () => Promise.resolve(engine))
  const place = { client: session.client, home: toLanding(config) }
  page.paint = createView({ page, state })

  /** What to do when the browser's Back leads to this page, kept as it was left: hidden. */
  let comeBack: () => Promise<void> = () => Promise.resolve()
  addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return
    for (const element of document.querySelectorAll('[data-lowgate-action][aria-busy]'))
      element.ariaBusy = null
    if (!cover.disabled) void comeBack()
  })

  async function enter(patterns: readonly string[]): Promise<void> {
    const { pathname } = location
    const guards = patterns.map((pattern) => parseCondition(config.pages?.[pattern] ?? ''))
    const entry = await engine.enter(readAddress(), guards)
    // The site may have shown another page meanwhile, which was asked about on its own.
    if (location.pathname !== pathname) return
    switch (entry.outcome) {
      case 'show':
        cover.disabled = true
        return
      case 'redirect': {
        const next = new URL(entry.address, location.origin)
        // What Auth0 adds to the address of a page does not make it another one.
        if (next.pathname !== pathname || next.search) return location.replace(entry.address)
        history.replaceState(history.state, '', entry.address)
        return enter(patterns)
      }
      case 'leave':
        comeBack = () =>
          hasSessionHint(connection?.clientId ?? '', config.site)
            ? open(patterns)
            : showError(new LowgateError('auth/login-required'), place)
        return
      case 'error':
        if (entry.address) history.replaceState(history.state, '', entry.address)
        // The error takes the place of that page, whose rules would ask for the next login.
        page.path = location.pathname
        throw entry.error
    }
  }

  function open(patterns: readonly string[]): Promise<void> {
    comeBack = () => open(patterns)
    return enter(patterns).catch((error: unknown) => showError(error, place))
  }

  async function run(element: HTMLElement, popup: Window | null | undefined): Promise<void> {
    clearError()
    try {
      const { runActionOf } = await import('./run-action.ts').catch((cause: unknown) => {
        throw new LowgateError('auth/not-loaded', { cause })
      })
      const detail = await runActionOf(element, {
        ...engine.client,
        loginWithPopup: (request) => engine.client.loginWithPopup(request, popup),
      })
      element.dispatchEvent(new CustomEvent('lowgate-done', { bubbles: true, detail }))
    } catch (error) {
      popup?.close()
      if (isLowgateError(error, 'input/invalid', 'config/page-missing')) reportElement(element, error)
      await showError(error, { client: session.client })
    } finally {
      element.ariaBusy = null
    }
  }

  return { ...engine, session, open, run }
}

/** Tells of settings that cannot be read at all; the page is hidden. */
export function refuse(cause: unknown): void {
  addSheet(showOnly([]))
  const title = `The login settings of this page cannot be read: ${String(cause)}`
  void showError(new LowgateError('config/page-settings', { title, cause }), { client: undefined, home: '/' })
}
