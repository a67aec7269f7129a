import pino, { type DestinationStream, type Logger } from 'pino'
import type { BackendProxyConfig } from '../config.ts'
import { LowgateError } from 'lowgate/contract'
import { describe, withoutTexts } from '../errors.ts'

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
export function describeError(thrown: unknown): object {
  const error = withoutTexts(thrown)
  return {
    kind: error.name,
    ...(error.code && { code: error.code }),
    ...(error instanceof LowgateError
      ? { message: describe(error).title }
      : {
          ...(error.statusCode && { status: error.statusCode }),
          at: error.stack
            ?.split('\n')
            .slice(1)
            .map((frame) => frame.trim()),
        }),
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  }
}
