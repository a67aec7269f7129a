import { toGuard, type Access } from 'lowgate/contract'
import { judge } from 'lowgate/plugin'
import { fillAddress } from '../project/address.ts'
import { resolvePairs } from '../project/resolve-field.ts'
import type { BlockHost } from './blocks/block-host.ts'
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
    async load({ url, query, headers, withToken }) {
      const scope = runtime.scope()
      const address = fillAddress(url, scope)
      if (address === undefined) return []
      return runtime.callApi({
        url: address,
        query: resolvePairs(query, scope),
        headers: resolvePairs(headers, scope),
        withToken: withToken && session.state.isAuthenticated,
      })
    },
  }
}
