import { existsSync } from 'node:fs'
import { chromium, type Browser } from '@playwright/test'

/** Chromium as the machine has it: `CHROMIUM_PATH`, the system's, or Playwright's own. */
export function launchBrowser(): Promise<Browser> {
  const path = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
  return chromium.launch({
    ...(existsSync(path) && { executablePath: path }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}
