import { LowgateError, type ErrorDetails, type Trouble } from 'lowgate/contract'
import { editorTexts, toTrouble } from 'lowgate/contract/errors'
import { ProxyError, type AnswerDetails, type ProxyCode } from 'lowgate/contract/proxy-api'

/** An error to answer with. Of its cause only what may be told of an error that others made is kept. */
export const proxyError = (
  code: ProxyCode,
  { cause, ...details }: ErrorDetails & AnswerDetails = {},
): ProxyError =>
  new ProxyError(code, { ...details, ...(cause !== undefined && { cause: withoutTexts(cause) }) })

/** The refusal of a form, field by field. */
export const invalidInput = (field: string, message: string): ProxyError =>
  proxyError('proxy/invalid-input', { field, fields: [{ field, message }] })

/** An error of ours in words. */
export const describe = (error: LowgateError): Trouble => toTrouble(error, editorTexts, 'proxy/internal')

/** What may be told of an error that others made. Its texts may repeat what was sent, or what a tenant answered. */
export class ForeignError extends Error {
  // Only declared, so that a missing value leaves no property.
  declare readonly code?: string
  declare readonly statusCode?: number

  /** Causes deeper than `depth` are left out: they may go round in a circle. */
  constructor(error: unknown, depth = 8) {
    const cause = error instanceof Error && depth > 0 ? error.cause : undefined
    super('', cause === undefined ? {} : { cause: withoutTexts(cause, depth - 1) })
    const { name, code, statusCode } = (error instanceof Error ? error : {}) as Partial<ForeignError>
    // Names and codes are words of a library; anything longer may be a text after all.
    const isWord = (value: unknown): value is string => typeof value === 'string' && /^\w{1,64}$/.test(value)
    this.name = isWord(name) ? name : typeof error
    if (isWord(code)) this.code = code
    if (typeof statusCode === 'number') this.statusCode = statusCode
    this.stack = [this.name, ...framesOf(error)].join('\n')
  }
}

/** Where it was thrown. The message comes first in a stack, and may look like a part of it. */
function framesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return []
  const { stack = '', message } = error
  const start = stack.indexOf(message)
  return start < 0
    ? []
    : stack
        .slice(start + message.length)
        .split('\n')
        .filter((line) => /^ +at .*:\d+:\d+\)?$/.test(line))
        .slice(0, 8)
}

/** `error` when it is one of ours, whose texts are; any other by its kind, code, status and place. */
export const withoutTexts = (error: unknown, depth?: number): LowgateError | ForeignError =>
  error instanceof LowgateError || error instanceof ForeignError ? error : new ForeignError(error, depth)

/** The error of ours that lies under what a library threw, or `undefined`. */
export function underlying(error: unknown): LowgateError | undefined {
  for (const at of causesOf(error)) if (at instanceof LowgateError) return at
  return undefined
}

/** `error` and what caused it, from the outside in, each once. */
export function causesOf(error: unknown): Set<Error> {
  const chain = new Set<Error>()
  for (let at = error; at instanceof Error && !chain.has(at); at = at.cause) chain.add(at)
  return chain
}
