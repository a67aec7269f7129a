import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig, type UserConfig } from 'vite'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** The rooms that `package.json` exports, and the commands in its `bin`. */
const packageEntries = [
  ...['contract', 'contract/http', 'contract/proxy-api', 'contract/schemas', 'plugin', 'workflow-actions'],
  ...['editor', 'editor/checks', 'editor/project-use', 'backend-proxy', 'local-tenant'],
]
  .map((room) => `${room}/index`)
  .concat('backend-proxy/cli', 'local-tenant/cli')

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
  /** The package as customers install it: one file a source file, every dependency left to npm. */
  package: {
    build: {
      outDir: at('dist/package'),
      lib: {
        entry: packageEntries.map((entry) => at(`${entry}.ts`)),
        formats: ['es'],
        cssFileName: 'editor/style',
      },
      minify: false,
      rolldownOptions: {
        // Everything named like a package, but for the compiler's own helpers and the one source file we compile.
        external: (id) =>
          /^[@\w]/.test(id) && !id.startsWith('@oxc-project/') && id !== '@auth0/auth0-spa-js/src/jwt',
        output: {
          preserveModules: true,
          preserveModulesRoot: at('.'),
          // A folder of that name inside the package would hide the customer's own copy of a dependency.
          entryFileNames: ({ name }) => `${name.replace('node_modules/', 'vendor/')}.js`,
        },
      },
    },
  },
}

export default defineConfig(({ mode }) => {
  const target = targets[mode]
  if (!target)
    throw new Error(`There is no target “${mode}”. Choose one: ${Object.keys(targets).join(', ')}.`)
  return {
    ...target,
    plugins: [vue(), ...(target.plugins ?? [])],
    resolve: { conditions: ['lowgate-source', 'module', 'browser', 'development|production'] },
    define: { __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false' },
    build: { emptyOutDir: true, target: 'es2022', ...target.build },
  }
})
