import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { root } from './set-up.mjs'

/**
 * Installs what a manifest lists into a folder outside the repository, so that nothing of ours can replace what it
 * lacks. What was installed before for the same manifest is used again.
 *
 * @param name of the folder
 * @returns the folder
 * @throws when npm could not install it, with what npm said and what to do
 */
export async function installApart(name: string, manifest: object): Promise<string> {
  const folder = join(ownFolder(), name)
  const wanted = JSON.stringify({ private: true, type: 'module', ...manifest }, null, 2)
  const receipt = join(folder, 'installed.json')
  if (existsSync(receipt) && readFileSync(receipt, 'utf8') === wanted) return folder
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  writeFileSync(join(folder, 'package.json'), wanted)
  await install(name, folder)
  writeFileSync(receipt, wanted)
  return folder
}

/** A temporary folder for this checkout that nobody else on this machine can have prepared. */
function ownFolder(): string {
  const { uid, username } = userInfo()
  const checkout = createHash('sha256').update(root).digest('hex').slice(0, 8)
  const folder = join(tmpdir(), `lowgate-${username}-${checkout}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const found = lstatSync(folder)
  if (!found.isDirectory() || (uid !== -1 && found.uid !== uid))
    throw new Error(`${folder} belongs to somebody else. Remove it, or set TMPDIR to a folder of yours.`)
  return folder
}

/** Scripts of packages are not run: they would see this process's environment. */
async function install(name: string, folder: string): Promise<void> {
  const options = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error']
  try {
    await promisify(execFile)('npm', ['install', ...options], {
      cwd: folder,
      shell: process.platform === 'win32',
    })
  } catch (cause) {
    const { stderr = '' } = cause as { stderr?: string }
    throw new Error(
      `npm could not install ${name}. See whether \`npm ping\` reaches the registry, then run this again.\n${stderr.trim()}`,
      { cause },
    )
  }
}
