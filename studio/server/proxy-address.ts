import type { Secret } from 'lowgate/contract'
import { createProxyClient, type ProxyClient } from 'lowgate/contract/proxy-api'

export interface ProxyAddress {
  /** Without a last slash. */
  url: string
  operatorToken: Secret
}

/** The backend proxy as the studio's server itself asks it. */
export const clientOf = ({ url, operatorToken }: ProxyAddress): ProxyClient =>
  createProxyClient({ url, token: operatorToken })
