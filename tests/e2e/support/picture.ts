import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'

/** `npm run pictures` renews the pictures of the guides; any other run leaves them beside its results. */
const folder = process.env.UPDATE_PICTURES ? 'docs/images' : 'test-results/images'

/** Takes the picture that a guide shows as `docs/images/<name>.png`. */
export async function takePicture(page: Page, name: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  await page.evaluate(() => document.fonts.ready)
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled', caret: 'hide' })
}
