/**
 * Lowgate in a WeWeb project, what `@lowgate/weweb` is made of: the small part that every visitor downloads. The rest is
 * `lowgate/weweb/runtime`.
 *
 * @module
 */
export { createWewebPlugin } from './create-weweb-plugin.ts'
export { readPublicData } from './public-data.ts'
export type { WewebPublicData } from './public-data.ts'
export type { RunAction, WewebParts, WewebPlugin, WewebSettings } from './types.ts'
export type { WwLanguage, WwLib, WwPage } from './ww-lib.ts'
