import type { Trouble } from '../trouble.ts'
import { notLoaded, type ErrorCode, type ErrorTexts } from './error-text.ts'
import { isLowgateError } from './lowgate-error.ts'

/** An error in words, from the texts at hand. @param foreign The code of whatever is not a {@link LowgateError}. */
export function toTrouble(error: unknown, texts: ErrorTexts, foreign: ErrorCode): Trouble {
  const { code, title, cure } = isLowgateError(error) ? error : { code: foreign }
  return { code, ...(texts[code] ?? notLoaded), ...(title && { title }), ...(cure && { cure }) }
}
