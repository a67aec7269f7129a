import { execFile } from 'node:child_process'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { expectEqual } from './support/checks.mjs'
import { runProgram, settings } from './support/node.mjs'

const { PATH, HOME, NODE_EXTRA_CA_CERTS } = process.env
const resources = [
  ...['tenant', 'clients', 'resourceServers', 'clientGrants', 'roles', 'databases', 'connections'],
  ...['organizations', 'actions', 'triggers'],
]

/** The command as somebody would type it, with a configuration file and nothing in the environment. */
async function deploy({ domain, machine }, command, ...options) {
  const configuration = {
    AUTH0_DOMAIN: domain,
    AUTH0_CLIENT_ID: machine.clientId,
    AUTH0_CLIENT_SECRET: machine.clientSecret,
    AUTH0_INCLUDED_ONLY: resources,
    AUTH0_EXPORT_ORDERED: true,
    AUTH0_API_MAX_RETRIES: 1,
  }
  await writeFile('config.json', JSON.stringify(configuration))
  const cli = join('node_modules', '.bin', 'a0deploy')
  const all = [cli, command, '--config_file', 'config.json', '--env', 'false', ...options]
  try {
    await promisify(execFile)(process.execPath, all, { env: { PATH, HOME, NODE_EXTRA_CA_CERTS } })
  } catch (cause) {
    throw new Error(`${cause.stdout}${cause.stderr}`.slice(-1_500), { cause })
  }
}

/** Every file of an export by its path. */
async function exportFrom(tenant, folder) {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder)
  await deploy(tenant, 'export', '--format', 'directory', '--output_folder', folder)
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const read = async (file) => {
    const text = await readFile(file, 'utf8')
    return [file.slice(folder.length), file.endsWith('.json') ? JSON.parse(text) : text]
  }
  return Object.fromEntries(await Promise.all(files.sort().map(read)))
}

/** What is in the first and not, or not the same, in the second: Auth0 adds defaults to what it is given. */
function missing(wanted, found, path = '') {
  if (typeof wanted !== 'object' || wanted === null)
    return wanted === found ? [] : [`${path}: ${wanted} became ${JSON.stringify(found)}`]
  return Object.entries(wanted).flatMap(([name, value]) => missing(value, found?.[name], `${path} ${name}`))
}

const { tenant, empty } = settings
let exported
await runProgram({
  async 'exports a tenant'() {
    const folders = Object.keys(await exportFrom(tenant, 'demo')).map((file) => file.split('/')[1])
    expectEqual(
      [...new Set(folders)].sort(),
      [
        ...['actions', 'clients', 'connections', 'database-connections', 'grants', 'organizations'],
        ...['resource-servers', 'roles', 'tenant.json', 'triggers'],
      ].sort(),
    )
  },
  async 'imports it into an empty tenant, where nothing is missing'() {
    await deploy(empty[0], 'import', '--input_file', 'demo')
    exported = await exportFrom(empty[0], 'exported')
    expectEqual(missing(await exportFrom(tenant, 'demo'), exported), [])
  },
  async 'exports from there, imports into another and exports the same again'() {
    await deploy(empty[1], 'import', '--input_file', 'exported')
    const again = await exportFrom(empty[1], 'exported-again')
    expectEqual(missing(again, exported), [])
    expectEqual(again, exported)
  },
  async 'changes nothing when it imports the same again'() {
    await deploy(empty[1], 'import', '--input_file', 'exported')
    expectEqual(missing(await exportFrom(empty[1], 'exported-again'), exported), [])
  },
})
