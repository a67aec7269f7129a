import type { Logger } from 'pino'
import type { Caller } from '../secrets/editor-tokens.ts'

/** What the middlewares hand on to one another and to the routes. */
export interface AppEnv {
  Variables: {
    requestId: string
    log: Logger
    /** Who asks; on a public path nobody was asked. */
    caller: Caller
  }
}
