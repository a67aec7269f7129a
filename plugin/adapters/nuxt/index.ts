/**
 * Lowgate in a Nuxt app, as a module.
 *
 * @module
 */
import {
  addImports,
  addPluginTemplate,
  addPrerenderRoutes,
  addTypeTemplate,
  defineNuxtModule,
} from '@nuxt/kit'
import type { NuxtModule } from '@nuxt/schema'
import { callbackPath, loggedOutPath } from '../../../contract/index.ts'
import type { NuxtLowgateOptions } from './plugin.ts'

export type { NuxtLowgateOptions }

/**
 * Logs visitors of a Nuxt app in, guards its pages by `guard` in `definePageMeta`, and imports `useAuth` and `useTrouble`
 * by themselves. A server, or `nuxi generate`, renders every page for somebody who is not logged in, and a page with a
 * guard empty. The options are `runtimeConfig.public.lowgate`, so that environment variables change them at run time.
 *
 * @example
 * const config = {
 *   modules: ['lowgate/nuxt'],
 *   lowgate: { connections: { production: { domain: 'acme.eu.auth0.com', clientId: 'abc' } } },
 * }
 */
const lowgateModule: NuxtModule<NuxtLowgateOptions> = defineNuxtModule<NuxtLowgateOptions>({
  meta: { name: 'lowgate', configKey: 'lowgate', compatibility: { nuxt: '^4.0.0' } },
  setup(options, nuxt) {
    const config = nuxt.options.runtimeConfig.public
    config.lowgate = { ...options, ...(config.lowgate as Partial<NuxtLowgateOptions>) }
    nuxt.options.build.transpile.push('lowgate')
    addPluginTemplate({
      filename: 'lowgate.mjs',
      getContents: () => `import { defineNuxtPlugin } from '#imports'
import { installLowgate } from 'lowgate/nuxt/plugin'

export default defineNuxtPlugin({ name: 'lowgate', setup: installLowgate })
`,
    })
    addImports(['useAuth', 'useTrouble'].map((name) => ({ name, from: 'lowgate/plugin' })))
    addTypeTemplate({
      filename: 'types/lowgate.d.ts',
      getContents: () => `import type { Guard } from 'lowgate/contract'

declare module 'nuxt/app' {
  interface PageMeta {
    /** Who may see the page. Guards of parent pages hold too. */
    guard?: Guard
  }
}
`,
    })
    // A host of files has none for the paths that Auth0 returns to.
    const { nitro } = nuxt.options as { nitro?: { static?: boolean } }
    if (nitro?.static) addPrerenderRoutes([callbackPath, loggedOutPath])
  },
})

export default lowgateModule
