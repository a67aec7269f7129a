import { readFile, writeFile } from 'node:fs/promises'
import { format, resolveConfig } from 'prettier'
import { packageOf, type CheckedClient } from './clients.ts'
import type { CheckResult } from './run-client.ts'

const page = 'docs/local-tenant.md'
const start = '<!-- clients: made by `npm run check:clients`, do not edit -->'
const end = '<!-- end of clients -->'

/** Writes what was found into the documentation, between its two markers. */
export async function writeTable(results: [CheckedClient, CheckResult][]): Promise<void> {
  const text = await readFile(page, 'utf8')
  const [before, after] = [text.split(start)[0], text.split(end)[1]]
  if (before === text || before === undefined || after === undefined)
    throw new Error(`${page} has lost its markers: ${start} … ${end}`)
  const options = { ...(await resolveConfig(page)), filepath: page }
  await writeFile(page, await format(`${before}${start}\n\n${toTable(results)}\n\n${end}${after}`, options))
}

/** As Markdown. */
export function toTable(results: [CheckedClient, CheckResult][]): string {
  const rows = results.map(([client, result]) => row(client, result))
  return ['| client | version | what was done | result |', '|-|-|-|-|', ...rows].join('\n')
}

function row(client: CheckedClient, { done, failed }: CheckResult): string {
  const { name, version } = packageOf(client)
  const reached = { https: ['all over https'], public: ['all over https at a public domain'] }
  const what = [...done, ...(client.tenant ? reached[client.tenant] : [])].join('; ')
  const result = failed ? `fails: ${failed.split('\n')[0]}` : 'passes'
  return `| ${[`\`${name}\``, client.note ? `${version} (${client.note})` : version, what, result]
    .map((cell) => cell.replaceAll('|', '\\|'))
    .join(' | ')} |`
}
