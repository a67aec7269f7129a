import { execFile } from 'node:child_process'
import { cpSync, existsSync, lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { nameOf, packageOf, type CheckedClient } from './clients.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/**
 * Installs a client into a folder outside the repository, so that nothing of ours can replace what it lacks,
 * and puts its application beside it. What was installed before is used again.
 *
 * @returns the folder
 * @throws when npm could not install it, with what npm said and what to do
 */
export async function installClient(client: CheckedClient): Promise<string> {
  const folder = join(ownFolder(), nameOf(client))
  const wanted = JSON.stringify({ private: true, type: 'module', dependencies: client.packages }, null, 2)
  const receipt = join(folder, 'installed.json')
  if (!existsSync(receipt) || readFileSync(receipt, 'utf8') !== wanted) {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder)
    writeFileSync(join(folder, 'package.json'), wanted)
    await install(client, folder)
    writeFileSync(receipt, wanted)
  }
  cpSync(here(`apps/${nameOf(client)}`), folder, { recursive: true })
  cpSync(here('support'), join(folder, 'support'), { recursive: true })
  return folder
}

/** A temporary folder that nobody else on this machine can have prepared. */
function ownFolder(): string {
  const { uid, username } = userInfo()
  const folder = join(tmpdir(), `lowgate-clients-${username}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const found = lstatSync(folder)
  if (!found.isDirectory() || (uid !== -1 && found.uid !== uid))
    throw new Error(`${folder} belongs to somebody else. Remove it, or set TMPDIR to a folder of yours.`)
  return folder
}

/** Scripts of packages are not run: they would see this process's environment. */
async function install(client: CheckedClient, folder: string): Promise<void> {
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error']
  try {
    await promisify(execFile)('npm', ['install', ...options], {
      cwd: folder,
      shell: process.platform === 'win32',
    })
  } catch (cause) {
    const { stderr = '' } = cause as { stderr?: string }
    throw new Error(
      `npm could not install ${packageOf(client).name}. See whether \`npm ping\` reaches the registry, then run this again.\n${stderr.trim()}`,
      { cause },
    )
  }
}
