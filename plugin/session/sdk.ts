import type { Auth0Client } from '@auth0/auth0-spa-js'
import type { Environment, PublicConnection } from '../../contract/index.ts'
import type { EngineContext } from './types.ts'

/** Auth0's SDK, which is large: it is downloaded when something asks for it. */
export interface Sdk {
  client(): Promise<Auth0Client>
  /** Whether anything has asked for it yet. */
  readonly isInUse: boolean
}

export function createSdk(
  context: Pick<EngineContext, 'settings' | 'host'>,
  connection: PublicConnection,
  environment: Environment,
): Sdk {
  let client: Promise<Auth0Client> | undefined
  return {
    client() {
      if (client) return client
      client = import('./sdk-client.ts').then(({ createSdkClient }) =>
        createSdkClient(context, connection, environment),
      )
      client.catch(() => (client = undefined))
      return client
    },
    get isInUse() {
      return !!client
    },
  }
}
