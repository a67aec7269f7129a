import type { Trouble } from '../trouble.ts'
import type { ErrorTexts } from './error-text.ts'
import { toTrouble } from './to-trouble.ts'

/**
 * An error in words for a visitor. The first call downloads the texts; where that fails, it says that a part of the
 * page could not be downloaded. Anything foreign is `host/failed`.
 *
 * @example
 * const { title, cure } = await loadTrouble(error)
 */
export async function loadTrouble(error: unknown): Promise<Trouble> {
  const texts = await import('./visitor-texts.ts').then(
    ({ visitorTexts }): ErrorTexts => visitorTexts,
    () => ({}),
  )
  return toTrouble(error, texts, 'host/failed')
}
