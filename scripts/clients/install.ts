import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installApart } from '../install-apart.ts'
import { nameOf, type CheckedClient } from './clients.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Installs a client outside the repository, and puts its application beside it. @returns the folder */
export async function installClient(client: CheckedClient): Promise<string> {
  const folder = await installApart(nameOf(client), { dependencies: client.packages })
  cpSync(here(`apps/${nameOf(client)}`), folder, { recursive: true })
  cpSync(here('support'), join(folder, 'support'), { recursive: true })
  return folder
}
