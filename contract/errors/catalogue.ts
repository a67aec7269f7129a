import { editorTexts } from './editor-texts.ts'
import type { ErrorTexts } from './error-text.ts'
import { tokenTexts } from './token-texts.ts'
import { visitorTexts } from './visitor-texts.ts'

/** The text of every error, for the editor and the reference. */
export const errorCatalogue: Required<ErrorTexts> = { ...visitorTexts, ...editorTexts, ...tokenTexts }
