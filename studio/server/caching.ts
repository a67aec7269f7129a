import type { MiddlewareHandler } from 'hono'

/** Files under `assets/` carry a hash of their content in their name: browsers keep them. Pages are asked for anew. */
export const caching: MiddlewareHandler = async (context, next) => {
  await next()
  const { ok, headers } = context.res
  const isPage = headers.get('content-type')?.startsWith('text/html')
  const isAsset = ok && !isPage && context.req.path.includes('/assets/')
  context.header('Cache-Control', isAsset ? 'public, max-age=31536000, immutable' : 'no-cache')
}
