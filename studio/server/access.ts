import { createHash, timingSafeEqual } from 'node:crypto'
import { Hono, type Context, type MiddlewareHandler } from 'hono'
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible'
import { z } from 'zod'
import { problem } from './answers.ts'
import { redeem } from './entry-link.ts'
import { createSessions, type SessionOptions } from './sessions.ts'

const hash = (text: string): Buffer => createHash('sha256').update(text).digest()
const loginBody = z.strictObject({ password: z.string() })

const guessesPerMinute = 10

const notOpen = (context: Context): Response =>
  context.json(
    problem(
      'unauthorized',
      'The studio is not open in this browser.',
      'Run `npm run studio:link` in a terminal where the studio runs, and open the address that it prints.',
    ),
    401,
  )

export interface Access {
  /** Exchanges the token of the address from the terminal for a session, and leads to the address without it. */
  enter: MiddlewareHandler
  /** Lets through what comes from a browser with a session. */
  requireSession: MiddlewareHandler
  /** Whether this browser has one, and the login with the password. */
  routes: Hono
}

/** Who may use the studio: a browser that opened the address from the terminal, or whose user knew the password. */
export function createAccess(options: SessionOptions): Access {
  const { dataDir, password } = options
  const sessions = createSessions(options)
  // For everybody together: behind another server, all guesses come from one address.
  const guesses = new RateLimiterMemory({ points: guessesPerMinute, duration: 60 })
  const routes = new Hono()

  routes.get('/', (context) =>
    context.json({ isOpen: sessions.isOpen(context), takesPassword: password !== undefined }),
  )

  routes.post('/', async (context) => {
    const body = loginBody.safeParse(await context.req.json().catch(() => undefined))
    if (password === undefined || !body.success) return notOpen(context)
    try {
      await guesses.consume('all')
    } catch (refused) {
      const seconds = Math.ceil((refused as RateLimiterRes).msBeforeNext / 1000)
      context.header('Retry-After', String(seconds))
      const message = 'Too many wrong passwords were tried.'
      return context.json(problem('rate_limited', message, `Try again in ${seconds} seconds.`), 429)
    }
    if (!timingSafeEqual(hash(body.data.password), hash(password)))
      return context.json(
        problem('unauthorized', 'This is not the password.', 'The operator set it as STUDIO_PASSWORD.'),
        401,
      )
    await guesses.reward('all')
    sessions.open(context)
    return context.json({ isOpen: true, takesPassword: true })
  })

  return {
    routes,

    async enter(context, next) {
      const url = new URL(context.req.url)
      const token = url.searchParams.get('token')
      if (token === null || context.req.method !== 'GET') return next()
      if (redeem(dataDir, token)) sessions.open(context)
      url.searchParams.delete('token')
      context.header('Cache-Control', 'no-store')
      return context.redirect(url.pathname.replace(/^\/+/, '/') + url.search, 303)
    },

    async requireSession(context, next) {
      return sessions.isOpen(context) ? next() : notOpen(context)
    },
  }
}
