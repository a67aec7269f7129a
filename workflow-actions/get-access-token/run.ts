import type { RunOf } from '../define-action.ts'
import type { getAccessToken } from './definition.ts'

export const run: RunOf<typeof getAccessToken> = ({ audience, additionalScopes, ignoreCache }, { client }) =>
  client.getAccessToken({
    ignoreCache,
    ...(audience && { audience }),
    ...(additionalScopes && { scope: additionalScopes }),
  })
