import { loadTrouble, toGuard, type Access } from 'lowgate/contract'
import { judge } from 'lowgate/plugin'
import { fillAddress } from '../project/address.ts'
import { resolvePairs } from '../project/resolve-field.ts'
import type { BlockHost, DataRequest } from './blocks/block-host.ts'
import type { Runtime } from './runtime.ts'
import { loadActions } from './workflows/run-workflow.ts'

/** The site's side of its blocks. */
export function createBlockHost(runtime: Runtime): BlockHost {
  const { session, site } = runtime
  return {
    scope: runtime.scope,
    language: () => runtime.language.value,
    loadsPictures: true,
    click: (blockId) => void runtime.click(blockId),
    prepare: (blockId) => runtime.hasClick(blockId) && void loadActions(),
    canSee(visibleTo) {
      const { isLoading, isAuthenticated } = session.state
      if (visibleTo === 'logged-out') return !isLoading && !isAuthenticated
      const guard = toGuard((visibleTo ?? 'everyone') as Access, site.userGroups)
      return judge(guard, session.state) === 'allow'
    },
    setVariable: runtime.setVariable,
    load: async (request) =>
      ask(runtime, request).then(
        (value) => ({ state: 'there', value }),
        async (error: unknown) => ({ state: 'failed', message: (await loadTrouble(error)).title }),
      ),
  }
}

async function ask(
  { session, scope, callApi }: Runtime,
  { url, query, headers, withToken }: DataRequest,
): Promise<unknown> {
  const known = scope()
  const address = fillAddress(url, known)
  if (address === undefined) return []
  return callApi({
    url: address,
    query: resolvePairs(query, known),
    headers: resolvePairs(headers, known),
    withToken: withToken && session.state.isAuthenticated,
  })
}
