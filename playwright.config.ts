import { defineConfig, devices } from '@playwright/test'
import { browserOptions } from './scripts/set-up.mjs'

export default defineConfig({
  projects: [
    { name: 'e2e', testDir: 'tests/e2e' },
    { name: 'pack', testDir: 'tests/hosts/support', testMatch: 'pack.setup.ts' },
    { name: 'hosts', testDir: 'tests/hosts', dependencies: ['pack'] },
  ],
  globalSetup: './tests/e2e/support/build-once.ts',
  outputDir: 'test-results/e2e',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
  // A second try would hide a race.
  retries: 0,
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1440, height: 900 },
    actionTimeout: 10_000,
    trace: 'retain-on-failure',
    launchOptions: browserOptions(),
  },
})
