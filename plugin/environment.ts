import {
  environmentInForce,
  type Environment,
  type PublicConnection,
  type PublicSettings,
} from '../contract/index.ts'

/**
 * The connection for a site at `origin`: the settings' own map of origins wins over the host's answer, then the
 * fall-back order of environments applies.
 */
export function connectionInForce(
  { origins, connections }: PublicSettings,
  origin: string,
  hostAnswer: Environment,
): { environment: Environment | undefined; connection: PublicConnection | undefined } {
  const environment = environmentInForce(
    origins?.[origin] ?? hostAnswer,
    (candidate) => !!connections[candidate],
  )
  return { environment, connection: environment && connections[environment] }
}
