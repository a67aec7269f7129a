import { createHash, timingSafeEqual } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible'
import { redeem } from './entry-link.ts'
import type { Handlers } from './mount.ts'
import { Refusal } from './refusal.ts'
import { createSessions, type SessionOptions } from './sessions.ts'

const hash = (text: string): Buffer => createHash('sha256').update(text).digest()

const guessesPerMinute = 10

export interface Access {
  /** Exchanges the token of the address from the terminal for a session, and leads to the address without it. */
  enter: MiddlewareHandler
  /** Lets through what comes from a browser with a session. */
  requireSession: MiddlewareHandler
  /** Whether this browser has one, and the login with the password. */
  handlers: Pick<Handlers, 'session' | 'logIn'>
}

/** Who may use the studio: a browser that opened the address from the terminal, or whose user knew the password. */
export function createAccess(options: SessionOptions): Access {
  const { dataDir, password } = options
  const sessions = createSessions(options)
  // For everybody together: behind another server, all guesses come from one address.
  const guesses = new RateLimiterMemory({ points: guessesPerMinute, duration: 60 })

  const view = (isOpen: boolean) => ({ isOpen, takesPassword: password !== undefined })

  return {
    handlers: {
      session: async (_, context) => view(sessions.isOpen(context)),

      async logIn({ body }, context) {
        if (password === undefined) throw new Refusal('notOpen')
        try {
          await guesses.consume('all')
        } catch (refused) {
          const seconds = Math.ceil((refused as RateLimiterRes).msBeforeNext / 1000)
          throw new Refusal('tooManyGuesses', {
            cure: `Try again in ${seconds} seconds.`,
            retry_after: seconds,
          })
        }
        if (!timingSafeEqual(hash(body.password), hash(password))) throw new Refusal('wrongPassword')
        await guesses.reward('all')
        sessions.open(context)
        return view(true)
      },
    },

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
      if (!sessions.isOpen(context)) throw new Refusal('notOpen')
      return next()
    },
  }
}
