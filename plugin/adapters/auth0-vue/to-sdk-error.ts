import { isLowgateError, type ErrorCode } from '../../../contract/index.ts'

/** The SDK's words for what Lowgate notices before the SDK is asked. */
const words: Partial<Record<ErrorCode, string>> = {
  'auth/login-required': 'login_required',
  'auth/popup-blocked': 'popup_open',
}

/** The SDK's own error, which code that came from auth0-vue looks at; Lowgate's where the SDK raised none. */
export function toSdkError(error: unknown): unknown {
  if (!isLowgateError(error)) return error
  if (error.cause instanceof Error) return error.cause
  const word = words[error.code]
  return word ? Object.assign(error, { error: word }) : error
}
