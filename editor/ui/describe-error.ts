import type { Trouble } from 'lowgate/contract'
import { errorCatalogue, toTrouble } from 'lowgate/contract/errors'

/** An error in words for a builder. Anything foreign is `proxy/internal`. */
export const describeError = (error: unknown): Trouble => toTrouble(error, errorCatalogue, 'proxy/internal')
