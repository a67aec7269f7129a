import pino, { type DestinationStream, type Logger } from 'pino'
import type { BackendProxyConfig } from '../config.ts'
import { LowgateError } from '../../contract/index.ts'

const secretNames = [
  'authorization',
  'cookie',
  'token',
  'operatorToken',
  'access_token',
  'secret',
  'clientSecret',
  'client_secret',
  'm2mClientSecret',
  'encryptionKeys',
  'password',
]

/**
 * The operator's log, one JSON object a line. Bodies, headers and queries are never handed to it; redaction by name
 * is there for the day somebody does.
 */
export function createLog(level: BackendProxyConfig['logLevel'], destination?: DestinationStream): Logger {
  return pino(
    {
      level: level ?? 'info',
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
        censor: '[redacted]',
      },
      serializers: { err: describeError },
    },
    destination ?? pino.destination(2),
  )
}

/**
 * An error without the texts that others wrote: a message of Auth0's SDK holds the answer's body, which may repeat
 * what was sent. Its kind, code and place remain.
 */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { kind: typeof error }
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line))
  return {
    kind: error.name,
    ...('code' in error && { code: String(error.code).slice(0, 64) }),
    ...('statusCode' in error && { status: error.statusCode }),
    ...(error instanceof LowgateError && { message: error.message }),
    ...(!(error instanceof LowgateError) &&
      frames && { at: frames.slice(0, 8).map((frame) => frame.trim()) }),
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  }
}
