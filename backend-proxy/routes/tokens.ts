import { proxyError } from '../errors.ts'
import type { Handlers } from '../http/mount.ts'
import { environmentsOf, type EditorTokens } from '../secrets/editor-tokens.ts'

export function createTokenRoutes(
  tokens: EditorTokens,
): Pick<Handlers, 'readAccess' | 'issueToken' | 'listTokens' | 'revokeToken'> {
  return {
    readAccess({ caller }) {
      if (caller === 'operator')
        return Promise.resolve({ role: 'operator', environments: [...environmentsOf(caller)] })
      return Promise.resolve(caller)
    },

    issueToken: ({ params, body, caller }, signal) => tokens.issue(caller, params.project, body, signal),

    listTokens: async ({ params }) => ({ tokens: await tokens.list(params.project) }),

    async revokeToken({ params, caller }) {
      if (!(await tokens.revoke(caller, params.project, params.id)))
        throw proxyError('proxy/not-found', { title: 'This project has no such token.' })
      return undefined
    },
  }
}
