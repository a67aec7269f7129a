// Brings a fresh clone to where the other scripts can run. Uses nothing but Node, since nothing is installed yet.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

const say = (text) => process.stderr.write(`set-up: ${text}\n`)

function run(command, args) {
  say(`${command} ${args.join(' ')}`)
  // What an installer prints is progress: it must not mix with what a script answers on standard output.
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  return status === 0
}

export function fail(what, cure) {
  process.stderr.write(`\n${what}\n${cure}\n`)
  process.exit(1)
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  fail(
    `Node ${process.versions.node} is too old: Lowgate needs 20.19 or newer.`,
    'Install a newer Node, then run this command again.',
  )
}

const readJson = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'))

/** npm notes what it installed in a lockfile of its own: the clone is up to date when both agree. */
function isInstalled() {
  const installedFile = 'node_modules/.package-lock.json'
  if (!existsSync(join(root, installedFile))) return false
  const { packages: installed } = readJson(installedFile)
  return Object.entries(readJson('package-lock.json').packages).every(
    ([path, { version, optional }]) =>
      path === '' || optional || (path in installed && installed[path].version === version),
  )
}

export function ensureDependencies() {
  requireNode()
  if (isInstalled()) return
  say('the dependencies are missing or out of date; installing them from the lockfile (about a minute)')
  if (!run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel', 'error'])) {
    fail(
      'The dependencies could not be installed.',
      'Check the network and the messages above, then run this command again.',
    )
  }
}

const onPath = (names) =>
  names
    .flatMap((name) => process.env.PATH.split(delimiter).map((folder) => join(folder, name)))
    .find((path) => existsSync(path))

function findBrowser() {
  const named = process.env.CHROMIUM_PATH
  if (named && !existsSync(named))
    fail(`CHROMIUM_PATH names ${named}, which does not exist.`, 'Correct or unset it.')
  const system = () => onPath(['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'])
  const playwrights = () => {
    const path = createRequire(join(root, 'package.json'))('playwright-core').chromium.executablePath()
    return existsSync(path) ? path : undefined
  }
  return named ?? system() ?? playwrights()
}

/** The browser that tests drive: `CHROMIUM_PATH`, the system's, or Playwright's own; installed when there is none. */
export function ensureBrowser() {
  const found = findBrowser()
  if (found) return found
  say('no Chromium found; installing one')
  const isDebianRoot = process.getuid?.() === 0 && onPath(['apt-get'])
  const installed =
    (isDebianRoot &&
      run('apt-get', ['update', '-qq']) &&
      run('apt-get', ['install', '-y', '-qq', 'chromium', 'chromium-headless-shell'])) ||
    run('npx', ['playwright', 'install', 'chromium'])
  const browser = installed && findBrowser()
  if (!browser)
    fail('No browser for the tests could be installed.', 'Install Chromium and set CHROMIUM_PATH to it.')
  return browser
}

/** Chromium without windows: it opens a page in half the time, but keeps none that is left and blocks no popup. */
export const findHeadlessShell = () => onPath(['chromium-headless-shell'])

/** How tests start that browser, or another one, as root and without a network too. */
export const browserOptions = (executablePath = ensureBrowser()) => ({
  executablePath,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
})

function runIfStale(script, trouble) {
  const { status } = spawnSync(process.execPath, [join(root, script), '--if-stale'], {
    stdio: ['ignore', 2, 2],
  })
  if (status !== 0) fail(trouble, 'See the messages above.')
}

/** Builds what browsers load, when a source has changed since the last build. */
export const ensureBuilt = () => runIfStale('scripts/build.mjs', 'The browser code could not be built.')

/** Packs what customers install into `dist/tarballs/`, when a source has changed since it was packed last. */
export const ensurePacked = () => runIfStale('scripts/pack.mjs', 'The packages could not be packed.')

/** The arguments with which Node runs the project's TypeScript, its own package resolved from source. */
export const nodeArguments = ['--import', 'tsx']

if (process.argv[1] === fileURLToPath(import.meta.url)) ensureDependencies()
