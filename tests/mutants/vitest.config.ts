import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { node } from '../test-files'
import { topics } from './topics'

const tests = topics[process.env.MUTATION_TOPIC ?? '']?.tests ?? []

export default defineConfig({
  plugins: [vue()],
  test: {
    include: node.filter((path) => tests.some((start) => path.startsWith(start))),
    isolate: false,
    // No topic is about a database: the embedded one is enough, and PostgreSQL would double the time.
    env: { TEST_DATABASE_URL: 'postgres://127.0.0.1:1/none' },
    // Less than Stryker's own limit, so that a test which waits for an answer fails instead of running out of time.
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
})
