// The packages of the workspace that have exports: those that are published.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './set-up.mjs'

const readManifest = (folder) => JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
const { version, license, engines, workspaces } = readManifest('.')

/**
 * @typedef {object} Manifest
 * @property {string} name
 * @property {string} version
 * @property {string} description
 * @property {Record<string, string>} exports
 * @property {Record<string, string>} [bin]
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [peerDependencies]
 */

/**
 * `folder` holds the sources of a package, `built` what customers install.
 *
 * @type {{ folder: string, manifest: Manifest, built: string }[]}
 */
export const packages = workspaces
  .map((folder) => ({ folder, manifest: readManifest(folder) }))
  .filter(({ manifest }) => manifest.exports)
  .map(({ folder, manifest }) => ({
    folder,
    manifest: { ...manifest, version, license, engines },
    built: join(root, 'dist/packages', manifest.name),
  }))
