import { landingAt } from '../../browser/returns.ts'
import { readJson, sharedStore } from '../../browser/storage.ts'
import { createLoader, createState } from '../../session/loader.ts'
import type { Session, SessionState } from '../../session/types.ts'
import type { PageEngine } from './runtime.ts'
import { addCover, addSheet, keepPlaces, showOnly } from './sheets.ts'
import { fits, toLanding, toUnmetName, type Page, type PageSettings } from './site-pages.ts'

/**
 * Logs the visitors of a page in, shows and hides its parts, and guards it, as the attributes of the page say. Call it in
 * the page’s head: it decides before the first paint. On a public page, a visitor without a session downloads nothing
 * more.
 *
 * @returns What answers the session, for scripts of the page; the first call downloads it.
 * @throws TypeError for settings of another shape; the page stays hidden.
 * @example
 * const lowgate = startPage({
 *   settings: { connections: { production: { domain: 'acme.eu.auth0.com', clientId: 'abc' } } },
 *   pages: { '/members/*': 'authenticated' },
 * })
 * const token = await (await lowgate()).client.getAccessToken()
 */
export function startPage(config: PageSettings): () => Promise<Session> {
  const page: Page = {
    config,
    parts: addSheet(keepPlaces(readJson(sharedStore, toUnmetName(config)) ?? ['anonymous'])),
    cover: addCover(),
    path: '',
    paint() {
      if (!state.isLoading) page.parts.replaceSync(showOnly(['anonymous']))
    },
  }
  const state: SessionState = new Proxy(createState(), {
    set(target, key, value) {
      Reflect.set(target, key, value)
      page.paint()
      return true
    },
  })
  const { settings, pages = {}, site } = config
  const { load, connection } = createLoader({
    settings,
    state,
    environment: 'production',
    site,
    start: async (context) => (await import('./runtime.ts')).startRuntime(page, context),
  })
  page.paint()

  function enter() {
    page.path = location.pathname
    const rules = Object.keys(pages).filter((pattern) => fits(pattern, page.path))
    const isPublic =
      !rules.length && !landingAt(toLanding(config), new URL(location.href), connection?.clientId, site)
    page.cover.disabled = isPublic
    if (!isPublic) ask((engine) => engine.open(rules))
  }

  /** What cannot be downloaded cannot say so either. */
  const ask = (act: (engine: PageEngine) => unknown) =>
    load().then(act, () => alert('Part of this page did not load. Reload it.'))

  function act(event: Event) {
    const form = event.type === 'submit' ? 'form' : ':not(form)'
    const element = (event.target as Element).closest?.<HTMLElement>(`${form}[data-lowgate-action]`)
    if (!element) return
    event.preventDefault()
    if (element.ariaBusy) return
    element.ariaBusy = 'true'
    // Browsers let a window open during a click only, so it opens before anything is loaded.
    const popup = element.dataset.lowgateAction === 'loginWithPopup' ? open('', '_blank', 'popup') : undefined
    void ask((engine) => engine.run(element, popup))
  }

  enter()
  // Some sites show another page without loading one. Its content is not painted before this is called.
  new MutationObserver(() => page.path === location.pathname || enter()).observe(document, {
    childList: true,
    subtree: true,
  })
  for (const type of ['click', 'submit']) addEventListener(type, act, true)
  document.documentElement.dataset.lowgate = ''
  return async () => (await load()).session
}

declare global {
  interface Window {
    /** Answers the session of a page whose script is `lowgate.js`; the first call downloads it. */
    lowgate?: () => Promise<Session>
  }
}
