import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig, type UserConfig } from 'vite'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** What is built for browsers: `vite build --mode <name>`. */
const targets: Record<string, UserConfig> = {
  /** The studio's app, at the root of its server. */
  studio: {
    root: at('studio/app'),
    build: { outDir: at('dist/studio'), chunkSizeWarningLimit: 1000 },
  },
  /** The runtime of preview and published sites, under any base path. */
  site: {
    root: at('studio/site'),
    base: './',
    build: { outDir: at('dist/site'), manifest: true, modulePreload: { polyfill: false } },
  },
}

export default defineConfig(({ mode }) => {
  const target = targets[mode]
  if (!target)
    throw new Error(`There is no target “${mode}”. Choose one: ${Object.keys(targets).join(', ')}.`)
  return {
    ...target,
    plugins: [vue(), ...(target.plugins ?? [])],
    define: { __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false' },
    build: { emptyOutDir: true, target: 'es2022', ...target.build },
  }
})
