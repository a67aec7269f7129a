import { availableParallelism } from 'node:os'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { browser, dom, node } from './tests/test-files'

export default defineConfig({
  plugins: [vue()],
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
