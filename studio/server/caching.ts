import type { MiddlewareHandler } from 'hono'
import { caching as periods } from '../project/hosting.ts'

/** Files under `assets/` carry a hash of their content in their name: browsers keep them. Pages are revalidated. A handler's own `Cache-Control` wins. */
export const caching: MiddlewareHandler = async (context, next) => {
  await next()
  const { ok, headers } = context.res
  if (headers.has('cache-control')) return
  const isPage = headers.get('content-type')?.startsWith('text/html')
  const isAsset = ok && !isPage && context.req.path.includes('/assets/')
  context.header('Cache-Control', isAsset ? periods.assets : periods.others)
}
