import type { MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import { siteHeaders } from '../project/hosting.ts'

/** The studio's own pages: nothing but their own files, never inside a frame. */
export const studioHeaders = secureHeaders({
  strictTransportSecurity: false,
  xFrameOptions: 'DENY',
  referrerPolicy: 'same-origin',
  crossOriginOpenerPolicy: 'same-origin',
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    // The list of a Reka UI select hides its scroll bar with a style element of its own.
    styleSrc: ["'self'", "'sha256-60LHlRjW/B3CtzIoE/Lf1/NEDvko9efWMFaGVhHu/cs='"],
    fontSrc: ["'self'"],
    // No picture of another host: an imported project would tell it who opens it. The preview shows them.
    imgSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
})

/** What every host sends with a site. A page that has a policy of its own keeps it. */
export const sendSiteHeaders: MiddlewareHandler = async (context, next) => {
  await next()
  for (const { name, value } of siteHeaders) if (!context.res.headers.has(name)) context.header(name, value)
}
