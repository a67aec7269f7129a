import type { Environment, RemoteList } from 'lowgate/contract'
import type { Credentials, ProxyClient } from 'lowgate/contract/proxy-api'
import { useRemoteList, type LoadPage, type RemoteListOptions } from './ui/index.ts'

export interface TenantListSource {
  client: ProxyClient
  project: string
  environment: Environment
  /** Credentials that are not saved yet; absent for the saved ones. */
  credentials?: Credentials
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
