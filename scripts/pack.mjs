// `npm run pack:all`: builds every published package into dist/packages/ and packs it into dist/tarballs/.
// With --if-stale: only when a file that they are made from has changed.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import process from 'node:process'
import vue from '@vitejs/plugin-vue'
import { build } from 'vite'
import { buildHtml } from './build-html.mjs'
import { packages } from './packages.mjs'
import { ensureDependencies, fail, root } from './set-up.mjs'
import { makeUnlessFresh } from './stale.mjs'

const declarations = join(root, 'dist/declarations')
const tarballs = join(root, 'dist/tarballs')

function run(command, args) {
  const options = { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' }
  if (spawnSync(command, args, options).status !== 0)
    fail(`${command} ${args.join(' ')} failed.`, 'See the messages above.')
}

const isSource = (file) => file.endsWith('.ts')
const filesOf = (entries) => Object.values(entries ?? {})

/** JavaScript, one file a source file, with every dependency left to npm; and one style sheet of what components bring. */
const buildScripts = ({ folder, manifest, built }) =>
  build({
    root: join(root, folder),
    configFile: false,
    logLevel: 'warn',
    plugins: [vue()],
    define: { __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false' },
    build: {
      outDir: built,
      emptyOutDir: true,
      target: 'es2022',
      lib: {
        entry: [...filesOf(manifest.exports), ...filesOf(manifest.bin)]
          .filter(isSource)
          .map((file) => join(root, folder, file)),
        formats: ['es'],
        cssFileName: 'style',
      },
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        // Everything named like a package, but for the compiler's own helpers and the one source file we compile.
        external: (id) =>
          /^[@\w]/.test(id) && !id.startsWith('@oxc-project/') && id !== '@auth0/auth0-spa-js/src/jwt',
        output: {
          preserveModules: true,
          preserveModulesRoot: join(root, folder),
          // A folder of that name inside the package would hide the customer's own copy of a dependency.
          entryFileNames: ({ name }) => `${name.replace(/(\.\.\/)*node_modules\//, 'vendor/')}.js`,
        },
      },
    },
  })

/** Types, beside the JavaScript that they describe and under its names, which is what every resolution follows. */
function addDeclarations({ folder, built }) {
  // The root's folder holds those of the others.
  const others = folder === '.' ? packages.map((other) => `${other.folder}${sep}`) : []
  for (const declaration of readdirSync(join(declarations, folder), { recursive: true, encoding: 'utf8' })) {
    if (!isSource(declaration) || others.some((other) => declaration.startsWith(other))) continue
    const source = join(declarations, folder, declaration)
    const text = readFileSync(source, 'utf8')
    const renamed = text.replace(
      /(\bfrom |\bimport\()(['"])(\.{1,2}\/[^'"]+)\.(ts|vue)\2/g,
      (_, by, quote, path, ending) => `${by}${quote}${path}${ending === 'vue' ? '.vue' : ''}.js${quote}`,
    )
    mkdirSync(dirname(join(built, declaration)), { recursive: true })
    writeFileSync(join(built, declaration), renamed)
  }
}

const toScript = (file) => file.replace(/\.ts$/, '.js')
const mapValues = (entries, map) =>
  entries && Object.fromEntries(Object.entries(entries).map(([key, value]) => [key, map(value)]))

/** The manifest that is published: the workspace's, with what was built instead of sources. */
function publishedManifest({ manifest, built }) {
  const { name, version, description, license, type, engines, exports, bin } = manifest
  const { dependencies, peerDependencies, peerDependenciesMeta } = manifest
  return {
    ...{ name, version, description, license, type, engines, peerDependencies, peerDependenciesMeta },
    sideEffects: ['*.css'],
    exports: {
      ...mapValues(exports, (file) =>
        isSource(file) ? { types: file.replace(/\.ts$/, '.d.ts'), default: toScript(file) } : file,
      ),
      ...(existsSync(join(built, 'style.css')) && { './style.css': './style.css' }),
      './package.json': './package.json',
    },
    bin: mapValues(bin, toScript),
    // The packages of one version belong together.
    dependencies: mapValues(dependencies, (range) => (range === '*' ? version : range)),
  }
}

async function assemble(published) {
  const { folder, manifest, built } = published
  await buildScripts(published)
  addDeclarations(published)
  if (manifest.exports['./html']) await buildHtml(join(built, 'html'))
  for (const file of filesOf(manifest.exports).filter((file) => !isSource(file))) {
    mkdirSync(dirname(join(built, file)), { recursive: true })
    cpSync(join(root, folder, file), join(built, file))
  }
  cpSync(join(root, 'LICENSE'), join(built, 'LICENSE'))
  // The root's own one is about the repository.
  cpSync(join(root, folder === '.' ? 'plugin' : folder, 'README.md'), join(built, 'README.md'))
  writeFileSync(join(built, 'package.json'), JSON.stringify(publishedManifest(published), null, 2))
  run('npm', ['pack', built, '--pack-destination', tarballs, '--loglevel', 'error'])
}

/** The top-level folders and files that the packages are made from, and how. */
const sources = packages
  .flatMap(({ folder, manifest }) => filesOf(manifest.exports).map((file) => join(folder, file)))
  .map((file) => file.split(sep)[0])
  .concat('package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.package.json', 'scripts/pack.mjs')

async function packAll() {
  for (const folder of [declarations, tarballs]) rmSync(folder, { recursive: true, force: true })
  mkdirSync(tarballs, { recursive: true })
  run('npx', ['vue-tsc', '-p', 'tsconfig.package.json'])
  for (const published of packages) await assemble(published)
}

ensureDependencies()
await makeUnlessFresh('tarballs', [...new Set(sources)], packAll)
