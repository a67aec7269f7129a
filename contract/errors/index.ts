/**
 * Every error in words, for editors and servers: what visitors are told is far smaller, and loaded when needed.
 *
 * @module
 */
export { errorCatalogue } from './catalogue.ts'
export { editorTexts } from './editor-texts.ts'
export { tokenTexts } from './token-texts.ts'
export { toTrouble } from './to-trouble.ts'
