import type { App } from 'vue'
import type { Router } from 'vue-router'
import type { Environment, PublicSettings } from '../../../contract/index.ts'
import { createLowgate } from '../vue/create-lowgate.ts'

/** The options of the module: the public settings, and where the app runs. */
export interface NuxtLowgateOptions extends PublicSettings {
  /** Where the app runs. Default: production. An entry for the origin in `origins` wins. */
  environment?: Environment
  /**
   * Tells sites apart that share an origin: letters, digits, `-` and `_`. They see nothing of each other's sessions.
   * Default: the origin has one site.
   */
  site?: string
}

/** What the plugin asks of Nuxt. */
export interface NuxtHost {
  vueApp: App
  $router: Router
  $config: { public: Record<string, unknown> }
  hook(name: 'app:suspense:resolve', callback: () => void): unknown
}

/** Runs in the app, on the server as in the browser: the module adds it. */
export function installLowgate({ vueApp, $router: router, $config, hook }: NuxtHost): void {
  const { environment, site, ...settings } = $config.public.lowgate as NuxtLowgateOptions
  const hydrated = new Promise<void>((resolve) => {
    // On a prerendered page, Nuxt goes to the browser's own address, query included, at the same time.
    hook('app:suspense:resolve', () => void setTimeout(resolve))
  })
  vueApp.use(createLowgate({ settings, environment, site, router, hydrated }))
}
