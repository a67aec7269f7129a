/** Where a site runs, in the order in which a missing connection falls back: each serves for those before it. */
export const environments = ['editor', 'preview', 'staging', 'production'] as const

export type Environment = (typeof environments)[number]

/**
 * The environment whose connection is in force for `environment`: its own when there is one, else the nearest
 * one along the fall-back chain; `undefined` when the chain has none.
 *
 * @example
 * environmentInForce('editor', (environment) => environment === 'production') // 'production'
 */
export function environmentInForce(
  environment: Environment,
  isConnected: (environment: Environment) => boolean,
): Environment | undefined {
  // For a name that is none of these, -1 >>> 0 is beyond the end.
  return environments.slice(environments.indexOf(environment) >>> 0).find(isConnected)
}
