import { readdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

const elsewhere = ['node_modules', 'dist', 'test-results']
const files = readdirSync('.', { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !elsewhere.includes(entry.name))
  .flatMap(({ name }) =>
    readdirSync(name, { encoding: 'utf8', recursive: true }).map((path) => `${name}/${path}`),
  )
  .filter((path) => path.endsWith('.test.ts'))
const filesWith = (text: RegExp) => files.filter((path) => text.test(readFileSync(path, 'utf8')))

/** They drive a real browser: all of them the same one, in profiles of their own. */
const browser = filesWith(/\b(useSite|setStage)\(/)
/** They need a document, and say so on their first line. */
const dom = filesWith(/@vitest-environment happy-dom/)
const node = files.filter((path) => ![...browser, ...dom].includes(path))

export default defineConfig({
  plugins: [vue()],
  resolve: { conditions: ['lowgate-source'] },
  ssr: { resolve: { conditions: ['lowgate-source'] } },
  test: {
    projects: [
      // What a file leaves behind in its process is nothing that another one could trip over.
      { extends: true, test: { name: 'node', include: node, isolate: false } },
      { extends: true, test: { name: 'dom', include: dom } },
      {
        extends: true,
        test: { name: 'browser', include: browser, isolate: false, globalSetup: 'tests/shared-browser.ts' },
      },
    ],
    // Most tests wait for a server or a browser: a file beside costs little.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    // A busy machine takes its time: what must be quick says so in its test.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 15_000 } },
    // A second try would hide a race.
    retry: 0,
  },
})
