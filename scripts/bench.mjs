// `npm run bench -- <name>`: runs scripts/bench/<name>.ts, which measures ours and an anchor in turn.
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { ensureBrowser, ensureBuilt, ensureDependencies, fail, nodeArguments, root } from './set-up.mjs'

const folder = join(root, 'scripts/bench')
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length))
const [name, ...rest] = process.argv.slice(2)
if (!names.includes(name))
  fail(`There is no benchmark "${name ?? ''}".`, `npm run bench -- ${names.join(' | ')}`)

ensureDependencies()
ensureBuilt()
const { status } = spawnSync(process.execPath, [...nodeArguments, join(folder, `${name}.ts`), ...rest], {
  cwd: root,
  env: { ...process.env, CHROMIUM_PATH: ensureBrowser() },
  stdio: 'inherit',
})
process.exit(status ?? 1)
