import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BrowserContext } from '@playwright/test'
import { decodeJwt } from 'jose'

/** A secret in the forms in which it could slip out. */
export const formsOf = (secret: string): string[] => [
  secret,
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  Buffer.from(secret).toString('base64url'),
  Buffer.from(secret).toString('hex'),
]

/** The names of the `texts` that contain one of `secrets`. */
export function findLeaks(texts: Iterable<[name: string, text: string]>, secrets: string[]): string[] {
  const forms = secrets.flatMap(formsOf)
  return [...texts].filter(([, text]) => forms.some((form) => text.includes(form))).map(([name]) => name)
}

/** The tokens for a Management API among everything in `text` that looks like a JWT. */
export function managementTokens(text: string): string[] {
  const tokens = text.match(/eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+/g) ?? []
  return tokens.filter((token) => JSON.stringify(decodeJwt(token).aud ?? '').includes('/api/v2/'))
}

/** Keeps all that the pages of `context` receive: bodies, headers, addresses. */
export function recordReceived(context: BrowserContext): Map<string, string> {
  const received = new Map<string, string>()
  context.on('response', async (response) => {
    const body = await response.text().catch(() => '')
    const headers = JSON.stringify(await response.allHeaders().catch(() => ({})))
    received.set(`${received.size} ${response.url()}`, `${headers}\n${body}`)
  })
  return received
}

/** Every file below `folder`, read as text byte by byte. */
export async function filesBelow(folder: string): Promise<[string, string][]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return Promise.all(
    files.map(async (file): Promise<[string, string]> => [file, await readFile(file, 'latin1')]),
  )
}
