import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { buildWeweb } from '../../scripts/build-weweb.mjs'

const run = promisify(execFile)

/** WeWeb's command, which is too heavy for everyone's node_modules; test runs share one copy. */
async function installCommand(): Promise<string> {
  const folder = join(tmpdir(), 'lowgate-weweb-cli-3.8.13')
  if (existsSync(folder)) return folder
  const fresh = await mkdtemp(`${folder}-`)
  await writeFile(join(fresh, 'package.json'), '{}')
  const quietly = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error']
  await run('npm', ['install', '@weweb/cli@3.8.13', ...quietly], { cwd: fresh })
  await rename(fresh, folder).catch(() => rm(fresh, { recursive: true }))
  return folder
}

export interface Manager {
  /** The folder with WeWeb's command and what it brings. */
  command: string
  /** What the command wrote. */
  files: string[]
  /** The script of the editor. */
  manager: string
}

/** Makes of the plugin what WeWeb's command does for the editor, in an empty folder. */
export async function buildManager(folder: string): Promise<Manager> {
  const command = await installCommand()
  await buildWeweb(folder)
  await symlink(join(command, 'node_modules'), join(folder, 'node_modules'))
  await run('npx', ['--no-install', 'weweb', 'build', 'name=lowgate', 'type=plugin'], { cwd: folder })
  const files = await readdir(join(folder, 'dist'))
  return { command, files, manager: await readFile(join(folder, 'dist/manager.js'), 'utf8') }
}
