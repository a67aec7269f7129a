/**
 * The backend proxy's routes as data, the typed client of browsers and servers, and the forwarder for hosts with a server
 * of their own.
 *
 * @module
 */
export * from '../editor-header.ts'
export * from '../http/index.ts'
export * from './access.ts'
export * from './client.ts'
export * from './endpoints.ts'
export * from './forward.ts'
export * from './health-check.ts'
export * from './preflight.ts'
export * from './proxy-error.ts'
export * from './schemas.ts'
export * from './verify.ts'
