import {
  errorReference,
  isLowgateError,
  loadTrouble,
  LowgateError,
  type AuthClient,
} from '../../../contract/index.ts'
import { waysOn, waysOnFromPage } from '../../browser/ways-on.ts'
import { addSheet } from './sheets.ts'

/** For those who build the page. */
// eslint-disable-next-line no-console -- a page without a builder's panel has no other place
export const report = (...what: unknown[]): void => console.error('Lowgate:', ...what)

const style = `
.lowgate-error{box-sizing:border-box;max-width:min(480px,100vw - 32px);padding:24px;border:1px solid #8886;border-radius:12px;background:Canvas;color:CanvasText;color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
.lowgate-error::backdrop{background:#0006}
.lowgate-error h2{margin:0 0 8px;font-size:20px;line-height:1.3}
.lowgate-error p{margin:0 0 8px;overflow-wrap:anywhere}
.lowgate-error div{display:flex;flex-wrap:wrap;gap:12px;align-items:center;margin:20px 0 0}
.lowgate-error :is(button,a){padding:8px 16px;border:1px solid #8886;border-radius:6px;background:none;color:inherit;font:inherit;text-decoration:none;cursor:pointer}
.lowgate-error :focus-visible{outline:2px solid currentColor;outline-offset:2px}
.lowgate-error details{margin:20px 0 0;font-size:14px}
[data-lowgate-state=invalid]{outline:2px dashed #c00}`

let isStyled = false

/** The style of what follows, when there is something to show. */
function addStyle(): void {
  if (!isStyled) addSheet(style)
  isStyled = true
}

/** Marks an element whose attributes say what cannot be, where its builder looks. */
export function reportElement(element: HTMLElement, error: unknown): void {
  addStyle()
  element.dataset.lowgateState = 'invalid'
  report((error as Error).message, element)
}

function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]>,
  ...children: Node[]
): HTMLElementTagNameMap[K] {
  const element = Object.assign(document.createElement(tag), properties)
  element.append(...children)
  return element
}

const ownPlace = () => document.querySelector('[data-lowgate-error]')

/** Takes back what the page's own element says. */
export function clearError(): void {
  ownPlace()?.replaceChildren()
}

export interface ErrorPlace {
  client: AuthClient | undefined
  /** The address of the site's home page, where the page itself cannot be shown. */
  home?: string
}

/**
 * Tells the visitor of an error in plain words: in the page's own element for that, else in a dialog. Where the page
 * itself cannot be shown, the dialog stays and offers the ways out.
 */
export async function showError(thrown: unknown, { client, home }: ErrorPlace): Promise<void> {
  report(thrown)
  const error = isLowgateError(thrown) ? thrown : new LowgateError('host/failed', { cause: thrown })
  const { title, why = '', cure = '', where, owner } = await loadTrouble(error)
  const own = home === undefined && ownPlace()
  if (own) {
    own.role = 'alert'
    own.textContent = `${title} ${cure}`
    return
  }
  addStyle()

  const dialog = make('dialog', { className: 'lowgate-error' })
  const heading = make('h2', { textContent: title, id: 'lowgate-error-title' })
  dialog.setAttribute('aria-labelledby', heading.id)
  const reference = errorReference(error)
  const ways = home === undefined ? waysOn(error) : waysOnFromPage(error)
  const choices = ways.map(({ label, href, request = {} }) =>
    href
      ? make('a', { href, target: '_blank', textContent: label })
      : make('button', {
          textContent: label,
          onclick: () => void client?.loginWithRedirect(request).catch(() => undefined),
        }),
  )
  const last =
    home === undefined
      ? make('button', { textContent: 'Close', onclick: () => dialog.close() })
      : make('a', { href: home, textContent: 'Home page' })
  dialog.append(
    heading,
    make('p', { textContent: cure }),
    ...(reference ? [make('p', { textContent: `Reference: ${reference}` })] : []),
    ...(error.trace ?? []).map((step) => make('p', { textContent: step })),
    make('div', {}, ...choices, last),
    make(
      'details',
      {},
      make('summary', { textContent: 'For the owner of this site' }),
      make('p', { textContent: `${error.code}: ${why} ${where ?? ''}` }),
      make('p', { textContent: `Who can help: the ${owner}` }),
    ),
  )
  if (home !== undefined) dialog.addEventListener('cancel', (event) => event.preventDefault())
  dialog.addEventListener('close', () => dialog.remove())
  // Beside the body, which may be hidden.
  document.documentElement.append(dialog)
  dialog.showModal()
}
