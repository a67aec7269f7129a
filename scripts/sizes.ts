/**
 * How much customers install and visitors download, and what must not be in it: `npm run sizes` prints it,
 * `tests/package` asserts it.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { installApart } from './install-apart.ts'
import { packages } from './packages.mjs'
import { ensureBuilt, ensurePacked, root } from './set-up.mjs'

/** Bytes, as npm downloads a package and as it lies on the disk. */
const packageBudgets: Record<string, { packed: number; unpacked: number } | undefined> = {
  lowgate: { packed: 450_000, unpacked: 1_600_000 },
  '@lowgate/editor': { packed: 240_000, unpacked: 1_000_000 },
  '@lowgate/proxy': { packed: 200_000, unpacked: 700_000 },
  '@lowgate/local-tenant': { packed: 500_000, unpacked: 2_000_000 },
}

/** What `npm install lowgate` adds to a Vue app that has Auth0’s SDK. */
const addedBudget = { packages: 3, bytes: 3_000_000 }

/** The scripts of a visitor’s page. */
interface Bundle {
  what: string
  folder(bare: string): string | Promise<string>
  /** The script that each page starts with. */
  entry: RegExp
  /** Gzipped bytes of that script and what it imports: what a page loads before it needs a session. */
  budget: number
  /** Scripts, loaded when they are needed, that may hold what is forbidden in all others. */
  exempt: RegExp
}

const bundles: Bundle[] = [
  {
    what: 'entry of a published site',
    folder: () => join(root, 'dist/site/assets'),
    entry: /^index-/,
    budget: 58_000,
    // Auth0’s SDK knows the word for clients that have a secret.
    exempt: /^sdk-client-/,
  },
  {
    what: 'entry of lowgate/plugin',
    folder: bundlePlugin,
    entry: /^entry-/,
    budget: 3_800,
    exempt: /^sdk-client-/,
  },
  {
    what: 'entry of lowgate/html',
    folder: (bare) => join(bare, 'node_modules/lowgate/html'),
    entry: /^lowgate\.js$/,
    budget: 2_048,
    // Where there is no build to check a page’s settings, its runtime does.
    exempt: /^(sdk-client|runtime)-/,
  },
]

/** Signs of what belongs on a server, or is too large for a page. */
export const forbidden = {
  // Where it follows `client_id` it is in the list of what no caller may add to a login.
  'a client secret': /(?<!client_id.,\s*.)client_secret/,
  'the Management API': /api\/v2\//,
  'a validator': /\bZodError\b|\b_zod\b/,
}

/** In bytes, but for numbers of packages. */
export interface Size {
  what: string
  amount: number
  budget: number
}

const toTarball = (name: string) => {
  const { manifest } = packages.find(({ manifest }) => manifest.name === name) ?? {}
  if (!manifest) throw new Error(`There is no package ${name}.`)
  return join(root, 'dist/tarballs', `${name.replace('@', '').replace('/', '-')}-${manifest.version}.tgz`)
}

/**
 * Installs packages of ours, as they were packed, into a folder that holds nothing else but `others`, versions by name.
 */
export function installPacked(folder: string, ours: readonly string[], others: Record<string, string>) {
  const tarballs = ours.map((name) => [name, toTarball(name)] as const)
  const files = Object.fromEntries(tarballs.map(([name, file]) => [name, `file:${file}`]))
  return installApart(folder, {
    dependencies: { ...others, ...files },
    // Not npm’s: what was packed again is installed again.
    packed: tarballs.map(([, file]) => createHash('sha256').update(readFileSync(file)).digest('hex')),
  })
}

/** A Vue app without vue-router, Pinia and a validator. */
export const installBare = () => installPacked('package-bare', ['lowgate'], { vue: '3.5' })

const bytesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => statSync(join(folder, file)))
    .reduce((sum, entry) => sum + (entry.isFile() ? entry.size : 0), 0)

type Lock = Record<string, { dependencies?: Record<string, string> }>

/** `found` gets the folder of a package and of all that it depends on. */
function addTree(name: string, lock: Lock, found: Set<string>) {
  const folder = `node_modules/${name}`
  if (!lock[folder] || found.has(folder)) return
  found.add(folder)
  for (const dependency of Object.keys(lock[folder].dependencies ?? {})) addTree(dependency, lock, found)
}

/** Folders of the packages that a bare app has only for Lowgate. */
function addedTo(bare: string): string[] {
  const { packages: lock } = JSON.parse(readFileSync(join(bare, 'package-lock.json'), 'utf8')) as {
    packages: Lock
  }
  const present = new Set([''])
  for (const name of ['vue', '@auth0/auth0-spa-js']) addTree(name, lock, present)
  return Object.keys(lock).filter((folder) => !present.has(folder))
}

/** What a bundler makes of `import { createLowgate }`, without Vue and the router. */
async function bundlePlugin(bare: string): Promise<string> {
  const outDir = join(bare, 'bundle')
  const code = `export { createLowgate, useAuth } from 'lowgate/plugin'`
  await build({
    root: bare,
    configFile: false,
    logLevel: 'warn',
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === 'entry' ? join(bare, 'entry.js') : undefined),
        load: (id) => (id === join(bare, 'entry.js') ? code : undefined),
      },
    ],
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir,
      target: 'es2022',
      modulePreload: { polyfill: false },
      rolldownOptions: { input: 'entry', preserveEntrySignatures: 'strict', external: /^vue/ },
    },
  })
  return join(outDir, 'assets')
}

/** A script and those that it imports at once. */
function withImports(file: string, codes: Map<string, string>, found = new Set<string>()) {
  if (found.has(file)) return found
  found.add(file)
  for (const [, name = ''] of (codes.get(file) ?? '').matchAll(/\b(?:from|import)\s*["']\.\/([^"']+)["']/g))
    withImports(name, codes, found)
  return found
}

async function measureBundle({ what, folder, entry, budget, exempt }: Bundle, bare: string) {
  const from = await folder(bare)
  const files = readdirSync(from).filter((file) => file.endsWith('.js'))
  const codes = new Map(files.map((file) => [file, readFileSync(join(from, file), 'utf8')]))
  const [start = ''] = files.filter((file) => entry.test(file))
  const first = [...withImports(start, codes)].map((file) => codes.get(file) ?? '')
  const amount = first.reduce((sum, code) => sum + gzipSync(code, { level: 9 }).length, 0)
  const holds = files
    .filter((file) => !exempt.test(file))
    .flatMap((file) =>
      Object.entries(forbidden).flatMap(([thing, sign]) =>
        sign.test(codes.get(file) ?? '') ? [`${what}: ${thing} in ${file}`] : [],
      ),
    )
  return { size: { what: `${what}, gzip`, amount, budget }, holds }
}

/**
 * Measures what `npm run pack:all` and `npm run build` made last.
 *
 * @returns every size with its budget, and where something forbidden was found
 */
export async function measureSizes(): Promise<{ sizes: Size[]; holds: string[] }> {
  const bare = await installBare()
  const added = addedTo(bare)
  const sizes = packages.flatMap(({ manifest: { name }, built }) => [
    {
      what: `${name}, packed`,
      amount: statSync(toTarball(name)).size,
      budget: packageBudgets[name]?.packed ?? 0,
    },
    { what: `${name}, unpacked`, amount: bytesIn(built), budget: packageBudgets[name]?.unpacked ?? 0 },
  ])
  sizes.push({ what: 'packages added by lowgate', amount: added.length, budget: addedBudget.packages })
  const addedBytes = added.reduce((sum, folder) => sum + bytesIn(join(bare, folder)), 0)
  sizes.push({ what: 'bytes added by lowgate', amount: addedBytes, budget: addedBudget.bytes })
  const measured = await Promise.all(bundles.map((bundle) => measureBundle(bundle, bare)))
  return {
    sizes: [...sizes, ...measured.map(({ size }) => size)],
    holds: measured.flatMap(({ holds }) => holds),
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  ensurePacked()
  ensureBuilt()
  const { sizes, holds } = await measureSizes()
  console.table(sizes)
  for (const finding of holds) console.log(`Forbidden: ${finding}`)
  process.exitCode = holds.length || sizes.some(({ amount, budget }) => amount > budget) ? 1 : 0
}
