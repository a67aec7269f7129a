import type { RouteRecordNormalized } from 'vue-router'
import type { Guard } from '../../../contract/index.ts'

declare module 'vue-router' {
  interface RouteMeta {
    /** Who may see the page. Guards of parent routes hold too. */
    guard?: Guard
    /** The instance that guards the page, where there are several; the one without a name when absent. */
    instance?: string
  }
}

/** What a route demands of the visitors of the instance called `name`. */
export const readGuard = ({ meta }: Pick<RouteRecordNormalized, 'meta'>, name: string): Guard =>
  (meta.guard && (meta.instance ?? '') === name && meta.guard) || 'everyone'
