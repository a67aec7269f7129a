import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { node } from '../test-files'
import { topics } from './topics'

const tests = topics[process.env.MUTATION_TOPIC ?? '']?.tests ?? []

export default defineConfig({
  plugins: [vue()],
  resolve: { conditions: ['lowgate-source'] },
  ssr: { resolve: { conditions: ['lowgate-source'] } },
  test: {
    include: node.filter((path) => tests.some((start) => path.startsWith(start))),
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
