/**
 * The words that the rooms share: settings, fields, errors, the host's side and the proxy's. It runs everywhere and
 * holds no behaviour beyond what keeps those words consistent.
 *
 * @module
 */
export * from './access.ts'
export * from './auth-client.ts'
export * from './base-path.ts'
export * from './connection.ts'
export * from './domain.ts'
export * from './editor-header.ts'
export * from './environments.ts'
export type { ErrorCode, ErrorText } from './errors/error-text.ts'
export * from './errors/lowgate-error.ts'
export { loadTrouble } from './errors/load-trouble.ts'
export * from './fields.ts'
export * from './host.ts'
export * from './login-parameters.ts'
export * from './manifest.ts'
export * from './organization.ts'
export * from './page-reference.ts'
export * from './runtime.ts'
export * from './secret.ts'
export * from './server-limits.ts'
export * from './settings.ts'
export * from './trouble.ts'
