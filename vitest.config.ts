import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [vue()],
  resolve: { conditions: ['lowgate-source'] },
  ssr: { resolve: { conditions: ['lowgate-source'] } },
  test: {
    include: ['**/*.test.ts'],
    exclude: ['node_modules/**', 'dist/**', '.data/**'],
    // A test that needs a document says so on its first line: // @vitest-environment happy-dom
    environment: 'node',
    // A busy machine takes its time: what must be quick says so in its test.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 15_000 } },
    // Real servers, real clocks: on a loaded machine a test may miss its moment once.
    retry: process.env.CI ? 1 : 0,
  },
})
