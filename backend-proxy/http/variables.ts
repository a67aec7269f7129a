import type { Logger } from 'pino'

/** What the middlewares hand on to one another and to the routes. */
export interface AppEnv {
  Variables: { requestId: string; log: Logger }
}
