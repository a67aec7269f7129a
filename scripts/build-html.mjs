// Builds the one script that any page can load, `lowgate.js`, and what it loads when that is needed.
import { join } from 'node:path'
import { build } from 'vite'
import { root } from './set-up.mjs'

const source = (file) => join(root, 'plugin/adapters/html', file)

const buildFrom = async (entry, outDir, output) => {
  const [{ output: files }] = await build({
    root,
    configFile: false,
    logLevel: 'warn',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir,
      emptyOutDir: false,
      target: 'es2022',
      lib: { entry: source(entry), formats: [output.format], name: 'lowgate' },
      rolldownOptions: {
        external: (id) => entry === 'lowgate.ts' && id.endsWith('/runtime.ts'),
        output: { ...output, minify: true },
      },
    },
  })
  return files
}

/**
 * Two builds: the script may share no file with the rest, since a page loads it as a classic script, before anything is
 * painted. It names the rest by its content, so that no cache mixes versions. The rest checks the settings first.
 *
 * @param {string} outDir
 */
export async function buildHtml(outDir) {
  const files = await buildFrom('checked-runtime.ts', outDir, {
    format: 'es',
    entryFileNames: 'runtime-[hash].js',
    chunkFileNames: '[name]-[hash].js',
  })
  const runtime = files.find(({ isEntry }) => isEntry)
  await buildFrom('lowgate.ts', outDir, {
    format: 'iife',
    entryFileNames: 'lowgate.js',
    paths: { [source('runtime.ts')]: `./${runtime.fileName}` },
  })
}
