import methods from './sdk-methods.json' with { type: 'json' }

/** A request that a method of the `auth0` SDK makes. */
export interface SdkOperation {
  /** `clients.list` */
  name: string
  /** `GET /clients` */
  on: string
  /** The parameters of the query. */
  query: string[]
}

/** Every request that the SDK can make, read from its source by `npm run generate`. */
export const sdkOperations: SdkOperation[] = Object.entries(methods).map(([name, request]) => {
  const [on = '', query = ''] = request.split('?')
  return { name, on, query: query.split('&').filter(Boolean) }
})
