#!/usr/bin/env node
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readCertificate } from './certificate.ts'
import { bigSeed } from './tenant/seeds/big.ts'
import { demoSeed } from './tenant/seeds/demo.ts'
import { readSeed } from './tenant/seeds/read-seed.ts'
import { startLocalTenant, type LocalTenant } from './start-local-tenant.ts'

const usage = `local-tenant: an Auth0 tenant on this machine, for development and tests

  --seed FILE            JSON, or a module with a default export (default: a small demo)
  --port NUMBER          default 4400; 0 takes any free one
  --host NAME            default localhost
  --origin URL           a site that may log in at the demo (repeatable, default http://localhost:3000)
  --applications NUMBER  add so many generated applications
  --organizations NUMBER add so many generated organizations
  --users NUMBER         add so many generated users
  --https                speak https, with a certificate made at the start
  --cert FILE --key FILE the certificate to speak https with, as PEM
  --public-domain NAME   the name under which a proxy of yours serves it over https
  --control              open the control API under /control
  --allow-remote         accept a host that other machines can reach
  --help

Documentation: docs/local-tenant.md`

function readArguments() {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string' },
      port: { type: 'string', default: '4400' },
      host: { type: 'string', default: 'localhost' },
      origin: { type: 'string', multiple: true, default: ['http://localhost:3000'] },
      applications: { type: 'string', default: '0' },
      organizations: { type: 'string', default: '0' },
      https: { type: 'boolean', default: false },
      cert: { type: 'string' },
      key: { type: 'string' },
      'public-domain': { type: 'string' },
      users: { type: 'string', default: '0' },
      control: { type: 'boolean', default: false },
      'allow-remote': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  return values
}

async function run(): Promise<void> {
  const values = readArguments()
  if (values.help) return console.log(usage)
  const base = values.seed
    ? await readSeed(values.seed)
    : demoSeed('preview', { callbackOrigins: values.origin })
  const seed = bigSeed(base, {
    applications: toNumber('applications', values.applications, 1_000_000),
    organizations: toNumber('organizations', values.organizations, 1_000_000),
    users: toNumber('users', values.users, 1_000_000),
  })
  const certificate = await certificateOf(values)
  const starting = startLocalTenant(seed, {
    port: toNumber('port', values.port, 65_535),
    host: values.host,
    control: values.control,
    https: certificate,
    ...(values['public-domain'] && { publicDomain: values['public-domain'] }),
    allowRemote: values['allow-remote'],
    log: console.log,
  })
  closeOnSignal(starting)
  const tenant = await starting
  console.log(`Domain        ${tenant.domain}`)
  if (tenant.certificate && !values.cert) console.log(`Certificate   ${await keepCertificate(tenant)}`)
  for (const { name, client_id, client_secret } of base.clients) {
    console.log(`Application   ${name}: ${client_id}${client_secret ? ` / ${client_secret}` : ''}`)
  }
  for (const { email, password } of base.users ?? []) {
    if (password) console.log(`User          ${email} / ${password}`)
  }
}

async function certificateOf({ https, cert, key }: ReturnType<typeof readArguments>) {
  if (!cert && !key) return https
  if (!cert || !key) throw new Error('--cert and --key belong together: give both, or --https.')
  return readCertificate(cert, key)
}

/** Writes the made certificate where clients can be told to trust it. */
async function keepCertificate({ domain, certificate = '' }: LocalTenant): Promise<string> {
  const file = join(tmpdir(), `local-tenant-${domain.replaceAll(/[^\w.]/g, '-')}.pem`)
  await writeFile(file, certificate)
  return `${file} (for Node: NODE_EXTRA_CA_CERTS)`
}

/** Listens before there is anything to close, and a second signal (a terminal and npm both send one) changes nothing. */
function closeOnSignal(starting: ReturnType<typeof startLocalTenant>): void {
  let closing: Promise<void> | undefined
  const close = () => {
    closing ??= starting.then(
      (tenant) => tenant.close().then(() => process.exit(0)),
      () => undefined,
    )
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, close)
}

function toNumber(name: string, text: string, maximum: number): number {
  if (/^\d+$/.test(text) && Number(text) <= maximum) return Number(text)
  throw new Error(`--${name} takes a whole number up to ${maximum}, not "${text}".`)
}

run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
