import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Context } from 'hono'

const file = '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2'

export const fontPath = '/assets/inter.woff2'

/** The pages' typeface, served by the tenant itself so that they load nothing from elsewhere. */
export async function serveFont(c: Context): Promise<Response> {
  const font = await readFile(createRequire(import.meta.url).resolve(file))
  return c.body(new Uint8Array(font), 200, { 'Content-Type': 'font/woff2', 'Cache-Control': 'max-age=3600' })
}
