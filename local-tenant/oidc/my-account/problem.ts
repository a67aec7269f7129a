import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { STATUS_CODES } from 'node:http'

/** A refusal of the My Account API, in its own body. */
export class Problem extends Error {
  readonly status: ContentfulStatusCode

  constructor(status: ContentfulStatusCode, detail: string) {
    super(detail)
    this.status = status
  }
}

/** Answers a refusal as RFC 9457 words one. @throws whatever is none */
export function answerProblem(error: unknown, c: Context): Response {
  if (!(error instanceof Problem)) throw error
  const { status, message: detail } = error
  const slug = (STATUS_CODES[status] ?? 'error').toLowerCase().replaceAll(' ', '-')
  return c.json(
    { type: `https://auth0.com/api-errors/${slug}`, status, title: STATUS_CODES[status], detail },
    status,
  )
}
