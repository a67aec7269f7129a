/**
 * The backend proxy: the small HTTP server that keeps M2M secrets and reads a tenant's lists for the editor.
 *
 * @module
 */
export { startBackendProxy, type RunningBackendProxy } from './start.ts'
export { createBackendProxy, type BackendProxy, type BackendProxyParts } from './backend-proxy.ts'
export { Secret } from 'lowgate/contract'
export { ConfigError, readConfig, type BackendProxyConfig } from './config.ts'
