import type { MiddlewareHandler } from 'hono'
import { editorHeader } from 'lowgate/contract'
import { messagePage } from './message-page.ts'
import { Refusal } from './refusal.ts'
import { siteOrigin } from './site-folders.ts'

const loopbackName = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/

/** Answers only under the names of this machine, so that a rebound DNS name reaches nothing. */
const requireLoopbackHost: MiddlewareHandler = async (context, next) => {
  if (!loopbackName.test(context.req.header('host') ?? ''))
    return context.text('Open this address as http://localhost instead.\n', 421)
  return next()
}

/** Answers only under the studio's own names: `publicUrl` if set, else those of this machine. */
export const requireOwnHost = (publicUrl?: string): MiddlewareHandler => {
  if (publicUrl === undefined) return requireLoopbackHost
  const { host } = new URL(publicUrl)
  return async (context, next) =>
    context.req.header('host') === host ? next() : context.text(`Open ${publicUrl} instead.\n`, 421)
}

/**
 * Finds the project whose site was asked for by the name of its host, exactly: under any other name a page of one project
 * would share an origin with another's.
 *
 * @param port Of the server; known once it listens.
 */
export const findProject =
  (port: () => number): MiddlewareHandler<{ Variables: { projectId: string } }> =>
  async (context, next) => {
    const host = context.req.header('host') ?? ''
    if (loopbackName.test(host))
      return messagePage(
        context,
        404,
        'Each project has an address of its own',
        'It begins with the project’s id, such as my-site.localhost. Open the site from the studio.',
      )
    const projectId = /^[a-z0-9-]+(?=\.localhost\b)/.exec(host)?.[0] ?? ''
    if (!projectId || `http://${host}` !== siteOrigin(projectId, port()))
      return context.text('There is no site under this name. Open it from the studio.\n', 421)
    context.set('projectId', projectId)
    return next()
  }

/** Lets the studio's own pages through, and no other site's. */
export const requireEditor =
  (publicUrl?: string): MiddlewareHandler =>
  async (context, next) => {
    const { req } = context
    const origin = req.header('origin')
    const site = req.header('sec-fetch-site')
    const isForeign =
      (origin !== undefined && origin !== (publicUrl ?? `http://${req.header('host')}`)) ||
      (site !== undefined && site !== 'same-origin')
    if (isForeign || req.header(editorHeader.name) !== editorHeader.value) throw new Refusal('forbidden')
    return next()
  }
