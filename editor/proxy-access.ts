import { shallowReactive } from 'vue'
import { editorTokenShape, toProxyUrl } from 'lowgate/contract/proxy-api'

/** What a builder entered to reach the proxy of a project. */
export interface ProxyAccess {
  url: string
  token: string
}

/**
 * In `sessionStorage`, so that it outlives a reload but not the tab, and no other tab has it. Scripts of the editor's origin
 * could read it, as they could read the field it is typed into; that is why the token is short-lived and for one project.
 */
const nameOf = (project: string) => `lowgate.proxy.${project}`

/** Of this tab, also where the browser keeps nothing; null where it was forgotten. */
const entered = shallowReactive(new Map<string, ProxyAccess | null>())

/** What was entered for `project` in this tab; followed where it is read. */
export function readProxyAccess(project: string): ProxyAccess | undefined {
  const known = entered.get(project)
  return known === undefined ? readKept(project) : (known ?? undefined)
}

export function keepProxyAccess(project: string, access: ProxyAccess): void {
  entered.set(project, access)
  whereAllowed(() => sessionStorage.setItem(nameOf(project), JSON.stringify(access)))
}

export function forgetProxyAccess(project: string): void {
  entered.set(project, null)
  whereAllowed(() => sessionStorage.removeItem(nameOf(project)))
}

/** Anything in storage may have been changed: what could not have been entered counts as nothing. */
function readKept(project: string): ProxyAccess | undefined {
  return whereAllowed(() => {
    const { url, token } = JSON.parse(sessionStorage.getItem(nameOf(project)) ?? '{}') as ProxyAccess
    return editorTokenShape.test(token) ? { url: toProxyUrl(url), token } : undefined
  })
}

/** A browser may refuse storage to a frame, or to everybody. */
function whereAllowed<T>(use: () => T): T | undefined {
  try {
    return use()
  } catch {
    return undefined
  }
}
