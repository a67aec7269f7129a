import type { SessionState } from '../../session/types.ts'
import { readJson, sharedStore } from '../../browser/storage.ts'
import { judge } from '../../guards/judge.ts'
import { parseCondition } from './conditions.ts'
import { reportElement } from './errors.ts'
import { toUnmetName, type Page } from './site-pages.ts'
import { showOnly } from './sheets.ts'

/** `user.name` in `{ user: { name } }`; a key may hold dots itself, as the names of claims do. Only own properties count. */
function read(value: unknown, path: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  if (Object.hasOwn(value, path)) return value[path as keyof typeof value]
  const [first = '', ...rest] = path.split('.')
  return rest.length && Object.hasOwn(value, first)
    ? read(value[first as keyof typeof value], rest.join('.'))
    : undefined
}

/** What a visitor may read: a list’s items one after the other, and nothing of an object. */
function toText(value: unknown): string | undefined {
  if (Array.isArray(value)) return value.map(toText).join(', ')
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : undefined
}

/** The address of a picture, if it is one that nobody can read or change on its way. */
function toPicture(value: unknown): string | undefined {
  return typeof value === 'string' && /^(https:\/\/|data:image\/)/i.test(value) ? value : undefined
}

/** Brings the parts of the page in line with the session, now and whenever the page or the session changes. */
export function createView({ page, state }: { page: Page; state: SessionState }): () => void {
  /** What the page said before. */
  const originals = new WeakMap<Element, string | null>()
  const refused = new Set<string>()

  function meets(condition: string, element: HTMLElement): boolean {
    if (condition === 'anonymous') return !state.isAuthenticated
    try {
      return judge(parseCondition(condition), state) === 'allow'
    } catch (error) {
      if (!refused.has(condition)) reportElement(element, error)
      refused.add(condition)
      return false
    }
  }

  function paintParts() {
    const parts = [...document.querySelectorAll<HTMLElement>('[data-lowgate-show]')]
    const byCondition = new Map(parts.map((part) => [part.dataset.lowgateShow ?? '', part]))
    const met = [...byCondition].filter((entry) => meets(...entry)).map(([condition]) => condition)
    const rules = showOnly(met)
    if (rules !== shown) page.parts.replaceSync(rules)
    shown = rules
    if (!state.isAuthenticated) return
    const name = toUnmetName(page.config)
    const before = readJson<string[]>(sharedStore, name) ?? ['anonymous']
    const unmet = new Set([...before, ...byCondition.keys()])
    for (const condition of met) unmet.delete(condition)
    sharedStore.set(name, JSON.stringify([...unmet]))
  }
  let shown: string | undefined

  function paint() {
    if (state.isLoading) return
    paintParts()
    for (const element of document.querySelectorAll<HTMLElement>('[data-lowgate-text]')) {
      if (!originals.has(element)) originals.set(element, element.textContent)
      const text = toText(read(state, element.dataset.lowgateText ?? '')) ?? originals.get(element) ?? ''
      if (element.textContent !== text) element.textContent = text
    }
    for (const image of document.querySelectorAll<HTMLImageElement>('img[data-lowgate-src]')) {
      if (!originals.has(image)) originals.set(image, image.getAttribute('src'))
      const source = toPicture(read(state, image.dataset.lowgateSrc ?? '')) ?? originals.get(image)
      if (!source) image.removeAttribute('src')
      else if (image.getAttribute('src') !== source) image.src = source
    }
  }

  let isDue = false
  const paintOnce = () => {
    if (isDue) return
    isDue = true
    queueMicrotask(() => {
      isDue = false
      paint()
    })
  }
  new MutationObserver(paintOnce).observe(document, {
    childList: true,
    subtree: true,
    attributeFilter: ['data-lowgate-show', 'data-lowgate-text', 'data-lowgate-src'],
  })
  return paintOnce
}
