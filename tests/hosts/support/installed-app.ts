import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from '@playwright/test'
import { installApart } from '../../../scripts/install-apart.ts'
import { packages } from '../../../scripts/packages.mjs'
import { root } from '../../../scripts/set-up.mjs'

const run = promisify(execFile)
const tarballs = join(root, 'dist/tarballs')

interface Manifest {
  dependencies?: Record<string, string>
}
const readManifest = (folder: string) =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest

/** Of each package of ours, what `npm run pack:all` has made. */
const packed = new Map(
  packages.map(({ manifest: { name, version }, built }) => {
    const tarball = `${name.replace('@', '').replace('/', '-')}-${version}.tgz`
    return [name, { tarball: join(tarballs, tarball), built }]
  }),
)

/**
 * Installs an app outside the repository, from its own manifest and what was packed.
 *
 * @param name of the folder
 * @param app the folder with the app's files. Its manifest names packages of ours as `"lowgate": "*"`.
 * @param versions in place of those in the manifest
 */
export async function installApp(name: string, app: string, versions: Record<string, string>) {
  const manifest = readManifest(app)
  const ours = Object.keys(manifest.dependencies ?? {}).flatMap((name) => {
    const found = packed.get(name)
    return found ? [{ name, ...found }] : []
  })
  const folder = await installApart(name, {
    ...manifest,
    dependencies: {
      ...manifest.dependencies,
      ...versions,
      ...Object.fromEntries(ours.map(({ name, tarball }) => [name, `file:${tarball}`])),
    },
    // Not npm's: with other dependencies of ours, it installs everything again.
    packed: ours.map(({ built }) => readManifest(built)),
  })
  for (const { name, tarball } of ours) {
    const installed = join(folder, 'node_modules', name)
    rmSync(installed, { recursive: true, force: true })
    mkdirSync(installed, { recursive: true })
    await run('tar', ['-xzf', tarball, '--strip-components=1', '-C', installed])
  }
  for (const file of readdirSync(app).filter((file) => file !== 'package.json'))
    cpSync(join(app, file), join(folder, file), { recursive: true })
  return folder
}

/** What a command of the app is told: nothing else of this process's environment. */
const environmentOf = (folder: string, variables: Record<string, string>) => ({
  PATH: [join(folder, 'node_modules/.bin'), process.env.PATH].join(delimiter),
  HOME: folder,
  ...variables,
})

/** Runs a command that the app has installed, such as `vite build`. @throws with what it printed, when it fails */
export async function runInApp(folder: string, command: string, variables: Record<string, string>) {
  const [file = '', ...args] = command.split(' ')
  await run(file, args, { cwd: folder, env: environmentOf(folder, variables) })
}

/** Starts a server that the app has installed, and waits until it answers at `origin`. */
export async function serveApp(
  folder: string,
  command: string,
  origin: string,
  variables: Record<string, string>,
) {
  const [file = '', ...args] = command.split(' ')
  const child = spawn(file, args, { cwd: folder, env: environmentOf(folder, variables), stdio: 'pipe' })
  const output: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => output.push(String(text)))
  const ended = once(child, 'exit')
  const status = async () => {
    if (child.exitCode !== null) throw new Error(`${command} ended:\n${output.join('')}`)
    return fetch(origin).then(
      ({ status }) => status,
      () => 0,
    )
  }
  await expect.poll(status, { timeout: 30_000 }).toBeGreaterThan(0)
  return {
    async close() {
      child.kill()
      await ended
    },
  }
}
