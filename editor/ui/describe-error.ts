import { errorCatalogue, isLowgateError, type Trouble } from '../../contract/index.ts'

/** An error in words for a builder. Anything foreign is `proxy/internal`. */
export function describeError(error: unknown): Trouble {
  if (!isLowgateError(error)) return { code: 'proxy/internal', ...errorCatalogue['proxy/internal'] }
  const { code, message, suggestion } = error
  return { code, ...errorCatalogue[code], title: message, cure: suggestion }
}
