/**
 * Writes what is made from the definitions: manifest.json, schemas.json, docs/reference/ and WeWeb's ww-config.js.
 *
 *     npm run generate [-- --check]
 *
 * With --check nothing is written; a file that differs is named and the exit code is 1.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import packageJson from '../package.json' with { type: 'json' }
import {
  callbackPath,
  connectionFields,
  environments,
  loggedOutPath,
  runtimeTriggers,
  runtimeVariables,
  type Manifest,
} from '../contract/index.ts'
import { errorCatalogue } from '../contract/errors/catalogue.ts'
import { proxyApi, type ProxyEndpoint } from '../contract/proxy-api/index.ts'
import { actionDefinitions } from '../workflow-actions/definitions.ts'
import { toDocsRow } from '../workflow-actions/projections/to-docs-row.ts'
import { toManifestEntry } from '../workflow-actions/projections/to-manifest-entry.ts'
import { describeOperations } from './describe-operations.ts'
import { describePanels } from './describe-panels.ts'
import { toSchemaDocument } from './json-schemas.ts'
import { readSdkMethods } from './sdk-methods.ts'
import { wewebConfig } from './weweb-config.ts'

const notice = '<!-- Made by scripts/generate.ts from the definitions: do not edit. -->'

const manifest: Manifest = {
  name: packageJson.name,
  version: packageJson.version,
  environments,
  paths: { callback: callbackPath, loggedOut: loggedOutPath },
  connection: connectionFields,
  runtime: {
    session: 'lowgate/plugin#createSession',
    vue: 'lowgate/plugin#createLowgate',
    headSnippet: 'lowgate/plugin#headSnippet',
    runAction: 'lowgate/workflow-actions#runAction',
  },
  actions: actionDefinitions.map(toManifestEntry),
  variables: runtimeVariables,
  triggers: runtimeTriggers,
  panels: describePanels(),
}

const actionsPage = [
  '# Workflow actions',
  notice,
  'What a builder can put on a workflow. Every field but those that fix the kind of an action can be bound to a value that the workflow computes.',
  ...actionDefinitions.map(toDocsRow),
]

const errorsPage = [
  '# Errors',
  notice,
  'Every error that Lowgate raises, by its code: what happened, why, and who can do what about it.',
  ...Object.entries(errorCatalogue).map(([code, { title, why, cure, owner, where }]) =>
    [
      `## ${code}`,
      title,
      [
        `* Why: ${why}`,
        `* What to do: ${cure}`,
        `* Who: the ${owner}`,
        ...(where ? [`* Where: ${where}`] : []),
      ].join('\n'),
    ].join('\n\n'),
  ),
]

const proxyPage = [
  '# The routes of the backend proxy',
  notice,
  'Every route, and the role that an editor token needs for it. A viewer reads, an editor changes connections too, an owner issues and revokes editor tokens too; the operator token may do everything in every project. `/openapi.json` of a running proxy has the whole description.',
  [
    '| route | role | what it does |',
    '| --- | --- | --- |',
    ...Object.values<ProxyEndpoint>(proxyApi).map(
      ({ method, path, role, summary }) =>
        `| \`${method.toUpperCase()} ${path}\` | ${role ?? 'anybody'} | ${summary} |`,
    ),
  ].join('\n'),
]

const sdkMethods = readSdkMethods()

const tenantPage = ['# The Management API of the local tenant', notice, describeOperations(sdkMethods)]

const files: Record<string, string> = {
  'local-tenant/management-api/sdk-methods.json': JSON.stringify(sdkMethods, null, 2),
  'docs/reference/local-tenant-api.md': tenantPage.join('\n\n'),
  'weweb/ww-config.js': wewebConfig,
  'manifest.json': JSON.stringify(manifest, null, 2),
  'schemas.json': JSON.stringify(toSchemaDocument(), null, 2),
  'docs/reference/actions.md': actionsPage.join('\n\n'),
  'docs/reference/errors.md': errorsPage.join('\n\n'),
  'docs/reference/proxy.md': proxyPage.join('\n\n'),
}

const isCheck = process.argv.includes('--check')
const differing: string[] = []

for (const [path, text] of Object.entries(files)) {
  const content = `${text}\n`
  const existing = await readFile(path, 'utf8').catch(() => undefined)
  if (existing === content) continue
  differing.push(path)
  if (isCheck) continue
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, content)
}

if (isCheck && differing.length) {
  console.error(`Out of date: ${differing.join(', ')}. Run \`npm run generate\` and commit the result.`)
  process.exitCode = 1
} else {
  console.log(differing.length ? `Wrote ${differing.join(', ')}` : 'All generated files are up to date.')
}
