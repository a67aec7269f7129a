/**
 * Runs real clients of Auth0 against the local tenant, and writes what they did into docs/local-tenant.md.
 *
 *     npm run check:clients [-- --only openid-client]
 *
 * Needs the npm registry. The exit code is 1 when a client fails. With --only nothing is written, nor when a client
 * cannot be installed.
 */
import { parseArgs } from 'node:util'
import { clients, nameOf, packageOf, type CheckedClient } from './clients/clients.ts'
import { installClient } from './clients/install.ts'
import { runClient, type CheckResult } from './clients/run-client.ts'
import { writeTable } from './clients/table.ts'

async function checkClients(only: string | undefined): Promise<void> {
  const chosen = clients.filter((client) => !only || [nameOf(client), packageOf(client).name].includes(only))
  if (chosen.length === 0)
    throw new Error(`There is no client "${only}". Choose one of ${clients.map(nameOf).join(', ')}.`)

  const installed: [CheckedClient, string][] = []
  for (const client of chosen) installed.push([client, await installClient(client)])

  const results: [CheckedClient, CheckResult][] = []
  for (const [client, folder] of installed) {
    const result = await runClient(client, folder)
    report(client, result)
    results.push([client, result])
  }
  if (!only) await writeTable(results)
  if (results.some(([, { failed }]) => failed)) process.exitCode = 1
}

function report(client: CheckedClient, { done, failed }: CheckResult): void {
  const { name, version } = packageOf(client)
  console.log(`${failed ? 'FAILS ' : 'passes'}  ${name} ${version}: ${done.join('; ')}`)
  if (failed) console.error(`        ${failed}`)
}

const { values } = parseArgs({ options: { only: { type: 'string' } } })
checkClients(values.only).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
