import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { formFields } from '../login/form-fields.ts'
import { TokenRefusal } from './tokens/token-refusal.ts'

/** The fields of a JSON object or of a form; anything else has none. */
export async function bodyFields(c: Context): Promise<Record<string, unknown>> {
  if (!c.req.header('content-type')?.includes('json')) return formFields(c)
  const body: unknown = await c.req.json().catch(() => ({}))
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
}

/** Answers a refusal in the manner of `/oauth/token`. @throws anything else */
export function answerRefusal(error: unknown, c: Context): Response {
  if (!(error instanceof TokenRefusal)) throw error
  const { status, error: code, error_description, more } = error
  return c.json({ error: code, error_description, ...more }, status as ContentfulStatusCode)
}

/** The token of an `Authorization: Bearer` header. */
export function bearerToken(c: Context): string {
  return /^bearer (\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? ''
}
