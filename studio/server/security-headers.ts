import { secureHeaders } from 'hono/secure-headers'

const common = {
  strictTransportSecurity: false,
  xFrameOptions: 'DENY',
  referrerPolicy: 'strict-origin-when-cross-origin',
  crossOriginResourcePolicy: 'same-origin',
} as const

/** The studio's own pages: nothing but their own files, never inside a frame. */
export const studioHeaders = secureHeaders({
  ...common,
  crossOriginOpenerPolicy: 'same-origin',
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    // The list of a Reka UI select hides its scroll bar with a style element of its own.
    styleSrc: ["'self'", "'sha256-60LHlRjW/B3CtzIoE/Lf1/NEDvko9efWMFaGVhHu/cs='"],
    fontSrc: ["'self'"],
    imgSrc: ["'self'", 'https:', 'data:'],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
})

/** A site's pages carry their own policy; this adds what only a header can say. Login windows must reach their opener. */
export const siteHeaders = secureHeaders({
  ...common,
  crossOriginOpenerPolicy: 'same-origin-allow-popups',
  contentSecurityPolicy: { frameAncestors: ["'none'"] },
})
