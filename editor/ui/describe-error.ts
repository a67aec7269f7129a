import type { Trouble } from '../../contract/index.ts'
import { errorCatalogue } from '../../contract/errors/catalogue.ts'
import { toTrouble } from '../../contract/errors/to-trouble.ts'

/** An error in words for a builder. Anything foreign is `proxy/internal`. */
export const describeError = (error: unknown): Trouble => toTrouble(error, errorCatalogue, 'proxy/internal')
