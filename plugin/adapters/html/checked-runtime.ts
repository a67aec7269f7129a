import type { EngineContext } from '../../session/types.ts'
import { checkSettings } from './check-settings.ts'
import { startRuntime as start, type PageEngine } from './runtime.ts'
import type { Page } from './site-pages.ts'

export { refuse } from './runtime.ts'

/** The large part for settings that are written by hand, and that no compiler has seen. */
export const startRuntime = (page: Page, context: Omit<EngineContext, 'host'>): PageEngine =>
  start(page, context, checkSettings(page.config))
