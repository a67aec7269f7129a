/**
 * The schemas of what a host saves: settings, access and user groups. For editors and servers that check what they
 * are handed; a visitor's browser gets their types from `lowgate/contract` and loads none of them.
 *
 * @module
 */
export * from './access.ts'
export * from './page-reference.ts'
export * from './results.ts'
export * from './settings.ts'
