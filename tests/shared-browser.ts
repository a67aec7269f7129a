import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type LaunchOptions } from '@playwright/test'
import type { TestProject } from 'vitest/node'
import { browserOptions, findHeadlessShell } from '../scripts/set-up.mjs'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the browser listens that all test files share, for `chromium.connect`. */
    browserEndpoint: string
    /** With which a test starts a browser of its own, when it needs one that behaves differently. */
    browserOptions: LaunchOptions
  }
}

/** Starts one browser for all test files; each test opens a profile of its own in it. */
export default async function startSharedBrowser({ provide }: TestProject): Promise<() => Promise<void>> {
  const profile = createProfile()
  // Playwright has no public option for it: `launchPersistentContext` starts a browser that nobody can connect to.
  const options = { ...browserOptions(findHeadlessShell()), _userDataDir: profile }
  const server = await chromium.launchServer(options as LaunchOptions)
  provide('browserEndpoint', server.wsEndpoint())
  provide('browserOptions', browserOptions())
  return async () => {
    await server.close()
    rmSync(profile, { recursive: true, force: true, maxRetries: 3 })
  }
}

/**
 * A profile that lets a frame use its own site's cookies, as Chrome does: Chromium as Debian builds it blocks them, and
 * with them every silent login at a tenant on another site.
 */
function createProfile(): string {
  const profile = mkdtempSync(join(tmpdir(), 'browser-'))
  mkdirSync(join(profile, 'Default'))
  writeFileSync(join(profile, 'Default/Preferences'), '{"profile":{"cookie_controls_mode":0}}')
  return profile
}
