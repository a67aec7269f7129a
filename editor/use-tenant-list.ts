import { computed } from 'vue'
import { environmentInForce, type EditorHost, type Environment, type RemoteList } from 'lowgate/contract'
import type { Credentials, ProxyClient } from 'lowgate/contract/proxy-api'
import { useRemoteList, type LoadPage, type RemoteListOptions } from './ui/index.ts'
import { useProxy } from './use-proxy.ts'

export interface TenantListSource {
  client: ProxyClient
  project: string
  environment: Environment
  /** Credentials that are not saved yet; absent for the saved ones. */
  credentials?: Credentials
}

/** The tenant in force for `environment`, by its saved connection; absent while there is none. */
export function useTenantSource(host: () => EditorHost, environment: () => Environment) {
  const { client, project } = useProxy(host)
  return computed((): TenantListSource | undefined => {
    const inForce = environmentInForce(environment(), (one) => one in host().settings.connections)
    return inForce && { client: client.value, project: project.value, environment: inForce }
  })
}

/** A list of the tenant, through the proxy; it waits while `source` answers `undefined`. */
export function useTenantList(
  list: RemoteList,
  source: () => TenantListSource | undefined,
  options?: RemoteListOptions,
) {
  return useRemoteList((): LoadPage | undefined => {
    const from = source()
    if (!from) return undefined
    const { client, project, environment, credentials } = from
    return ({ signal, ...request }) =>
      client.list(
        {
          params: { project, environment, list },
          body: { ...request, credentials },
        },
        { signal },
      )
  }, options)
}
