import { createClient, editorHeader, proxyApi, type Client, type ProxyApi } from 'lowgate/contract/proxy-api'
import type { Secret } from 'lowgate/contract'

export interface ProxyAddress {
  /** Without a last slash. */
  url: string
  operatorToken: Secret
}

/** What the backend proxy answered instead of a success, or that it did not. */
export class ProxyFailure extends Error {
  override readonly name = 'ProxyFailure'
  /** Absent where nothing that can be read came back. */
  readonly status: number | undefined

  constructor(status?: number, cause?: unknown) {
    super(status ? `The backend proxy answered ${status}.` : 'The backend proxy did not answer.', { cause })
    this.status = status
  }
}

/** The headers that the backend proxy lets the studio in with. */
export const proxyHeaders = ({ operatorToken }: ProxyAddress) => ({
  authorization: `Bearer ${operatorToken.reveal()}`,
  [editorHeader.name]: editorHeader.value,
})

/** The backend proxy as the studio's server itself asks it. */
export const createProxyClient = (proxy: ProxyAddress): Client<ProxyApi> =>
  createClient(proxyApi, {
    baseUrl: proxy.url,
    headers: () => proxyHeaders(proxy),
    toError: (failure) =>
      failure.kind === 'refused'
        ? new ProxyFailure(failure.status)
        : new ProxyFailure(undefined, failure.cause),
  })
