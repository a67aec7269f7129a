import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'

/** The text fields of a posted form, the last of each name. Any other body has none. */
export async function formFields(c: Context): Promise<Record<string, string | undefined>> {
  const form = await c.req.parseBody().catch(() => ({}))
  return Object.fromEntries(
    Object.entries(form).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}

/** The address a request came from. */
export function addressOf(c: Context): string {
  return (c.env as HttpBindings).incoming.socket.remoteAddress ?? ''
}
