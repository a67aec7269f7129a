/**
 * One way to describe an HTTP interface: endpoints as data, and the typed client that follows from them. The proxy's
 * own are in `lowgate/contract/proxy-api`.
 *
 * @module
 */
export * from './client.ts'
export * from './endpoint.ts'
export * from './problem.ts'
