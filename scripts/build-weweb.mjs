// Writes the folder that a WeWeb project takes as a plugin: `npx weweb build` makes WeWeb's manager.js of it, and a
// published site compiles it with its own Vite.
//
//     npm run build:weweb [-- --own-guards]
//
// With --own-guards WeWeb is not told that the plugin is the project's authentication: only Lowgate's page rules apply.
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { build } from 'vite'
import { root } from './set-up.mjs'

const source = join(root, 'weweb')

/** Puts the style of a chunk into its code: neither the command nor a site would take a CSS file of a plugin along. */
const styleInCode = {
  name: 'style-in-code',
  // WeWeb's editor brings its own typeface.
  resolveId: (id) => (id.startsWith('@fontsource') ? '\0no-font' : undefined),
  load: (id) => (id === '\0no-font' ? '' : undefined),
  generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle)) {
      const files = [...(chunk.viteMetadata?.importedCss ?? [])]
      const css = files.map((file) => bundle[file]?.source ?? '').join('')
      for (const file of files) Reflect.deleteProperty(bundle, file)
      if (css)
        chunk.code += `\ndocument.head.append(Object.assign(document.createElement('style'), { textContent: ${JSON.stringify(css)} }))\n`
    }
  },
}

/** @param {string[]} entry @param {string} outDir @param {{ external: string[], codeSplitting: boolean }} how */
const bundle = (entry, outDir, { external, codeSplitting }) =>
  build({
    root,
    configFile: false,
    logLevel: 'warn',
    plugins: [vue(), styleInCode],
    resolve: { conditions: ['module', 'browser', 'production'] },
    define: {
      'process.env.NODE_ENV': '"production"',
      __VUE_OPTIONS_API__: 'false',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
    build: {
      outDir,
      emptyOutDir: false,
      target: 'es2022',
      cssCodeSplit: true,
      // WeWeb's command reads a large file slowly; a site minifies what it compiles.
      minify: !codeSplitting && 'oxc',
      lib: { entry, formats: ['es'] },
      rolldownOptions: {
        external,
        output: {
          codeSplitting,
          // webpack would put them into a second file.
          comments: false,
          entryFileNames: '[name].js',
          chunkFileNames: '[name].js',
        },
      },
    },
  })

/**
 * @param {string} outDir
 * @param {{ ownGuards?: boolean }} [options]
 */
export async function buildWeweb(outDir, { ownGuards = false } = {}) {
  const lib = join(outDir, 'src/lib')
  await rm(outDir, { recursive: true, force: true })
  await mkdir(lib, { recursive: true })
  for (const file of ['src/wwPlugin.js', 'src/components.js'])
    await cp(join(source, file), join(outDir, file))
  const config = await readFile(join(source, 'ww-config.js'), 'utf8')
  await writeFile(
    join(outDir, 'ww-config.js'),
    ownGuards ? config.replace(/^ {4}features: .*\n/m, '') : config,
  )
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  const manifest = { name: 'lowgate', version, dependencies: {} }
  await writeFile(join(outDir, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  const at = (name) => join(source, `src/${name}.ts`)
  // Each on its own: what two of them share would otherwise be part of what every visitor downloads.
  await bundle([at('front')], lib, { external: [], codeSplitting: true })
  await bundle([at('runtime'), at('actions')], lib, { external: ['vue'], codeSplitting: true })
  await bundle([at('editor')], lib, { external: [], codeSplitting: false })
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const ownGuards = process.argv.includes('--own-guards')
  const outDir = join(root, ownGuards ? 'dist/weweb-own-guards' : 'dist/weweb')
  await buildWeweb(outDir, { ownGuards })
  console.log(`Wrote ${outDir}. Run \`npx weweb build name=lowgate type=plugin\` there.`)
}
