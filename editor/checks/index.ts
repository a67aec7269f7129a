/**
 * What a host checks before it publishes, without Vue, so that its server can check the same.
 *
 * @module
 */
export * from './access.ts'
