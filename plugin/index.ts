/**
 * What runs in a visitor's browser: the session, page guards, and the adapter for Vue.
 *
 * @module
 */
export { createLowgate, type Lowgate, type LowgateOptions } from './adapters/vue/create-lowgate.ts'
export type { ErrorPageProps } from './adapters/vue/ErrorPage.vue'
export { useAuth } from './adapters/vue/use-auth.ts'
export { useTrouble } from './adapters/vue/use-trouble.ts'
export { connectionInForce, hasSessionHint } from './browser/probe.ts'
export { waysOn, type WayOn } from './browser/ways-on.ts'
export { judge } from './guards/judge.ts'
export { headSnippet, type HeadModules, type HeadSnippetOptions } from './head/head-snippet.ts'
export { createSession } from './session/shell.ts'
export type {
  Entry,
  HostedSession,
  Session,
  SessionEvents,
  SessionOptions,
  SessionState,
} from './session/types.ts'
