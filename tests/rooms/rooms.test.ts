import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** A file, what it imports, and the rule that refuses it. */
const refused: [file: string, imports: string, rule: string][] = [
  ['plugin/testing/a.ts', '../../studio/index.ts', 'tests of plugin: rooms'],
  ['plugin/a.test.ts', '../studio/index.ts', 'tests of plugin: rooms'],
  ['plugin/a.ts', '@lowgate/local-tenant', 'plugin: rooms'],
  ['plugin/b.ts', '../contract/proxy-api/index.ts', 'visitors-never-load-the-schemas'],
  ['contract/b.ts', './schemas/settings.ts', 'visitors-never-load-the-schemas'],
  ['workflow-actions/b.ts', '../contract/schemas/page-reference.ts', 'visitors-never-load-the-schemas'],
  ['workflow-actions/c.ts', 'vue', 'workflow-actions: libraries'],
  ['plugin/f.ts', '../contract/http/index.ts', 'visitors-never-load-the-schemas'],
  ['plugin/g.ts', '../contract/errors/catalogue.ts', 'visitors-never-load-the-editor’s-texts'],
  ['contract/c.ts', './errors/editor-texts.ts', 'visitors-never-load-the-editor’s-texts'],
  ['plugin/c.ts', './testing/site.ts', 'tests stay out of the product'],
  ['plugin/d.ts', './playground/main.ts', 'tests stay out of the product'],
  ['plugin/e.ts', './a.test.ts', 'tests stay out of the product'],
  ['plugin/browser/a.ts', '../session/shell.ts', 'plugin/browser: rooms'],
  ['plugin/browser/b.ts', '../guards/judge.ts', 'plugin/browser: rooms'],
  ['plugin/guards/a.ts', '../session/types.ts', 'plugin/guards: rooms'],
  ['plugin/head/a.ts', '../session/tokens.ts', 'plugin/head: rooms'],
  ['plugin/session/a.ts', '../adapters/vue/use-auth.ts', 'plugin/session: rooms'],
  ['plugin/session/b.ts', '../index.ts', 'plugin/session: rooms'],
  ['plugin/session/c.ts', 'vue', 'plugin/session: libraries'],
  ['plugin/adapters/vue/a.ts', '@auth0/auth0-spa-js', 'plugin/adapters: libraries'],
  ['plugin/playground/a.ts', 'node:fs', 'plugin/playground: node'],
  ['contract/a.ts', '../plugin/index.ts', 'contract: rooms'],
  ['workflow-actions/a.ts', '@auth0/auth0-spa-js', 'workflow-actions: libraries'],
  ['editor/a.ts', 'lowgate/workflow-actions', 'editor: rooms'],
  ['editor/b.ts', 'lowgate/plugin', 'editor: rooms'],
  ['editor/e.ts', '../workflow-actions/index.ts', 'editor-reaches-no-run-time-code'],
  ['editor/d.ts', '../contract/index.ts', 'editor: exports'],
  ['editor/checks/a.ts', 'vue', 'editor/checks: libraries'],
  ['editor/c.ts', '@auth0/auth0-spa-js', 'editor: libraries'],
  ['backend-proxy/a.ts', 'vue', 'backend-proxy: libraries'],
  ['backend-proxy/b.ts', './testing/test-proxy.ts', 'tests stay out of the product'],
  ['backend-proxy/c.ts', '@auth0/auth0-spa-js', 'listed'],
  ['backend-proxy/testing/a.ts', '../../local-tenant/index.ts', 'tests of backend-proxy: rooms'],
  ['backend-proxy/verify/a.ts', 'node:fs', 'backend-proxy/verify: node'],
  ['backend-proxy/verify/b.ts', '../errors.ts', 'backend-proxy/verify: rooms'],
  ['local-tenant/a.ts', '@auth0/auth0-spa-js', 'local-tenant: libraries'],
  ['local-tenant/b.ts', '../contract/index.ts', 'local-tenant: rooms'],
  ['studio/site/a.ts', '../server/listen.ts', 'studio/site: rooms'],
  ['studio/site/b.ts', 'node:fs', 'studio/site: node'],
  ['studio/site/c.ts', '@lowgate/editor', 'studio/site: rooms'],
  ['studio/site/d.ts', '../../plugin/index.ts', 'studio/site: exports'],
  ['studio/site/e.ts', '../../plugin/session/shell.ts', 'studio/site: rooms'],
  ['studio/site/a.test.ts', '../server/testing/test-studio.ts', 'tests of studio/site: rooms'],
  ['studio/app/a.ts', '@lowgate/proxy', 'studio/app: rooms'],
  ['studio/app/b.ts', '@lowgate/local-tenant', 'studio/app: rooms'],
  ['studio/app/c.ts', 'lowgate/plugin', 'studio/app: rooms'],
  ['studio/app/d.ts', '../server/listen.ts', 'studio/app: rooms'],
  ['studio/app/e.ts', '../site/router.ts', 'studio/app: rooms'],
  ['studio/project/a.ts', '../site/router.ts', 'studio/project: rooms'],
  ['studio/project/b.ts', 'vue', 'studio/project: libraries'],
  ['studio/api/a.ts', '../server/listen.ts', 'studio/api: rooms'],
  ['studio/api/b.ts', 'lowgate/contract/proxy-api', 'studio/api: rooms'],
  ['studio/api/c.ts', 'vue', 'studio/api: libraries'],
  ['studio/api/d.ts', 'node:fs', 'studio/api: node'],
  ['studio/server/a.ts', '../app/router.ts', 'studio/server: rooms'],
  ['studio/server/c.ts', '@lowgate/editor', 'studio/server: rooms'],
  ['studio/server/b.ts', './testing/test-studio.ts', 'tests stay out of the product'],
  ['studio/index.ts', './site/router.ts', 'studio/index.ts: rooms'],
  ['studio/new-room/a.ts', 'vue', 'every file has a room'],
  ['scripts/start/a.ts', '../../plugin/testing/site.ts', 'tests stay out of the product'],
  ['tests/e2e/a.spec.ts', '../../studio/index.ts', 'tests/e2e: rooms'],
]

/** Neighbours of those that are fine. */
const allowed: [file: string, imports: string][] = [
  ['plugin/testing/site.ts', '@lowgate/local-tenant'],
  ['plugin/index.ts', './session/shell.ts'],
  ['plugin/session/tokens.ts', '@auth0/auth0-spa-js'],
  ['plugin/session/tokens.test.ts', '../testing/site.ts'],
  ['plugin/adapters/vue/store.ts', 'vue'],
  ['editor/index.ts', 'lowgate/workflow-actions/definitions'],
  ['editor/a.test.ts', 'vue'],
  ['backend-proxy/testing/test-proxy.ts', 'lowgate/contract'],
  ['studio/site/router.ts', 'lowgate/plugin'],
  ['studio/site/preview/a.ts', '@lowgate/editor'],
  ['studio/app/router.ts', 'vue'],
  ['studio/app/a.test.ts', '../server/testing/test-studio.ts'],
  ['studio/app/b.test.ts', '../api/endpoints.ts'],
  ['studio/server/listen.ts', 'node:fs'],
  ['studio/server/d.ts', '@lowgate/editor/project-use'],
  ['studio/server/e.ts', '../api/endpoints.ts'],
]

const repository = resolve(import.meta.dirname, '../..')
const { scripts, workspaces } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
  scripts: { rooms: string }
  workspaces: string[]
}
const tree = mkdtempSync(join(tmpdir(), 'rooms-'))
/** The rules that each file breaks. */
const found: Record<string, string[]> = {}

function write(file: string, text = '') {
  mkdirSync(dirname(join(tree, file)), { recursive: true })
  writeFileSync(join(tree, file), text)
}

beforeAll(() => {
  for (const file of [
    'tsconfig.json',
    '.dependency-cruiser.mjs',
    'scripts/packages.mjs',
    'scripts/set-up.mjs',
  ])
    cpSync(join(repository, file), join(tree, file))
  for (const folder of workspaces) {
    const text = readFileSync(join(repository, folder, 'package.json'), 'utf8')
    const { name, exports = {} } = JSON.parse(text) as { name: string; exports?: Record<string, string> }
    write(join(folder, 'package.json'), text)
    for (const file of Object.values(exports)) write(join(folder, file))
    mkdirSync(dirname(join(tree, 'node_modules', name)), { recursive: true })
    symlinkSync(join(tree, folder), join(tree, 'node_modules', name))
  }
  for (const name of ['vue', '@auth0/auth0-spa-js']) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }))
    write(`node_modules/${name}/index.js`)
  }
  const planted = [...refused, ...allowed].map(([file, imports]) => ({ file, imports }))
  for (const { file, imports } of planted) if (imports.startsWith('.')) write(join(dirname(file), imports))
  for (const { file, imports } of planted) write(file, `import '${imports}'\n`)

  const [, ...folders] = scripts.rooms.split(' ')
  const cruiser = join(repository, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const report = execFileSync(process.execPath, [cruiser, ...folders, '--output-type', 'json'], {
    cwd: tree,
    maxBuffer: 50_000_000,
  })
  const { summary } = JSON.parse(report.toString()) as {
    summary: { violations: { from: string; rule: { name: string } }[] }
  }
  for (const { from, rule } of summary.violations) (found[from] ??= []).push(rule.name)
})

afterAll(() => rmSync(tree, { recursive: true }))

test.each(refused)('%s may not import %s', (file, _, rule) => {
  expect(found[file]).toContain(rule)
})

test.each(allowed)('%s may import %s', (file) => {
  expect(found[file]).toBeUndefined()
})
