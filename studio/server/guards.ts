import type { MiddlewareHandler } from 'hono'
import { editorHeader } from 'lowgate/contract'

const loopbackName = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/

/** Answers under the names of this machine alone, so that a rebound DNS name reaches nothing. */
export const requireLoopbackHost: MiddlewareHandler = async (context, next) => {
  if (!loopbackName.test(context.req.header('host') ?? ''))
    return context.text('Open this address as http://localhost instead.\n', 421)
  return next()
}

/** Lets the studio's own pages through, and no other site's. */
export const requireEditor: MiddlewareHandler = async (context, next) => {
  const { req } = context
  const origin = req.header('origin')
  const site = req.header('sec-fetch-site')
  const isForeign =
    (origin !== undefined && origin !== `http://${req.header('host')}`) ||
    (site !== undefined && site !== 'same-origin')
  if (isForeign || req.header(editorHeader.name) !== editorHeader.value)
    return context.json(
      {
        error: 'forbidden',
        message: 'This request did not come from the studio’s own pages.',
        suggestion: 'Open the studio at its own address.',
      },
      403,
    )
  return next()
}
