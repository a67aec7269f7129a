/**
 * Logins for any page: what the ready-built `lowgate.js` does, for those who bundle their scripts themselves.
 *
 * @module
 */
export { startPage } from './page.ts'
export type { PageSettings } from './site-pages.ts'
