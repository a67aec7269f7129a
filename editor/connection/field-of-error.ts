import { isLowgateError, type ErrorCode } from 'lowgate/contract'
import { ProxyError } from 'lowgate/contract/proxy-api'
import { describeError } from '../ui/index.ts'
import type { ConnectionField } from './draft.ts'

const fieldOfCode: Partial<Record<ErrorCode, ConnectionField>> = {
  'proxy/invalid-credentials': 'm2mClientSecret',
  'proxy/secret-required': 'm2mClientSecret',
  'proxy/decrypt-failed': 'm2mClientSecret',
  'proxy/unreachable': 'domain',
  'proxy/blocked-address': 'domain',
  'proxy/redirect-refused': 'domain',
  'proxy/tls-error': 'domain',
  'proxy/issuer-mismatch': 'domain',
}

/** What to write at which field of the connection; empty for an error that is about none of them. */
export function toFieldErrors(error: unknown): Partial<Record<ConnectionField, string>> {
  if (!isLowgateError(error)) return {}
  if (error instanceof ProxyError && error.fields?.length)
    return Object.fromEntries(error.fields.map(({ field, message }) => [field.split('.').at(-1), message]))
  const field = fieldOfCode[error.code]
  if (!field) return {}
  const { title, cure } = describeError(error)
  return { [field]: `${title} ${cure}` }
}
