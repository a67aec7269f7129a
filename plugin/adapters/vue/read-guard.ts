import type { RouteRecordNormalized } from 'vue-router'
import type { Guard, LoginRequest } from '../../../contract/index.ts'

declare module 'vue-router' {
  interface RouteMeta {
    /** Who may see the page. Guards of parent routes hold too. */
    guard?: Guard
    /**
     * What the login says that a guard asks for, such as `{ connection: 'google-oauth2' }`. A child's wins over its parents'.
     * It says nothing to the login page of the settings, where there is one.
     */
    login?: LoginRequest
    /** The instance that guards the page, where there are several; the one without a name when absent. */
    instance?: string
  }
}

/** What a route demands of the visitors of the instance called `name`. */
export const readGuard = ({ meta }: Pick<RouteRecordNormalized, 'meta'>, name: string): Guard =>
  (meta.guard && (meta.instance ?? '') === name && meta.guard) || 'everyone'
