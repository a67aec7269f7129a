import { z } from 'zod'
import { connectionFields } from '../connection.ts'
import { environments } from '../environments.ts'
import { editorTexts } from '../errors/editor-texts.ts'
import type { ErrorCode } from '../errors/error-text.ts'
import { remoteLists } from '../fields.ts'
import { anyProblem } from '../http/problem.ts'

/** Bytes of the longest body that the proxy reads. */
export const largestRequest = 64 * 1024

/** No control characters and no broken surrogates, which no header, address or database takes. */
const visible = [
  (text: string) => !/[\p{Cc}\p{Cs}]/u.test(text),
  'Remove the characters that cannot be seen.',
] as const

/** As part of an address, one or two dots would ask for something else. */
const named = [/^(?!\.{1,2}$)/, 'Use more than dots.'] as const

/** A text that is passed on unchanged. */
export const exactText = z.string().refine(...visible)
/** What a tenant calls something, passed on unchanged. */
export const exactName = exactText.regex(...named).min(1)

const text = z
  .string()
  .trim()
  .refine(...visible)
  .max(1000)
const name = text.regex(...named)

/** A required text is refused when blank; an optional one that is blank counts as absent. */
export const required = text.min(1, 'Fill this in.')
const optional = (of: typeof text) => of.optional().transform((value) => value || undefined)

const describe = (name: keyof typeof connectionFields) => connectionFields[name].help

export const environment = z.enum(environments)

export const projectParams = z.object({
  project: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'Lower-case letters, digits and hyphens, 64 at most.'),
})

export const environmentParams = projectParams.extend({ environment })

export const listParams = environmentParams.extend({ list: z.enum(remoteLists) })

/** Not trimmed: the rule for domains decides which characters around one are harmless. */
const domain = z.string().max(1000)

export const credentials = z.strictObject({
  domain: domain.describe(describe('domain')),
  m2mClientId: required.describe(describe('m2mClientId')),
  m2mClientSecret: optional(text).describe(
    'Blank: the saved one, as long as domain and client ID are unchanged.',
  ),
  secretFrom: environment
    .optional()
    .describe(
      'With a blank secret: take the one saved in this environment, for the same domain and client ID.',
    ),
})

export type Credentials = z.input<typeof credentials>

/** What is picked for a connection once its credentials work. */
export const choices = {
  clientId: optional(name).describe(describe('clientId')),
  audience: optional(name).describe(describe('audience')),
  organization: optional(name).describe(describe('organization')),
  customDomain: optional(domain).describe(describe('customDomain')),
}

export const connectionInput = credentials.extend({
  ...choices,
  revision: z
    .int()
    .nonnegative()
    .default(0)
    .describe('The revision that was edited; 0 for a new connection.'),
})

export type ConnectionInput = z.input<typeof connectionInput>

/** A saved connection as anybody may read it: that there is a secret, never which. */
export const connectionView = z.object({
  environment,
  ...credentials.omit({ m2mClientSecret: true, secretFrom: true }).shape,
  hasSecret: z.literal(true),
  ...choices,
  // Its successor still fits into a column of four bytes.
  revision: z.int().positive().lt(2_147_483_647),
  updatedAt: z.iso.datetime(),
})

export type ConnectionView = z.input<typeof connectionView>

export const testReport = z.object({
  domain: z.string(),
  issuer: z.string().describe('As the tenant’s discovery document names it.'),
  scopes: z.object({
    granted: z.array(z.string()),
    missing: z.array(z.string()).describe('Of the four that the panel’s lists need.'),
  }),
})

export type TestReport = z.input<typeof testReport>

export const choice = z.object({
  value: z.string().describe('What is stored.'),
  label: z.string().describe('What a builder reads.'),
  detail: z.string().optional().describe('A second, quieter line.'),
})

export type Choice = z.input<typeof choice>

export const listRequest = z.strictObject({
  search: text.default('').describe('Part of a name; blank for the first page of all.'),
  cursor: optional(text).describe('The `next` of the page before.'),
  ids: z
    .array(name.min(1))
    .max(20)
    .default([])
    .describe('Values chosen earlier, returned as `chosen` even when they are not on this page.'),
  refresh: z.boolean().default(false).describe('Ask the tenant again instead of using the proxy’s cache.'),
  credentials: credentials
    .optional()
    .describe('Credentials that are not saved yet; absent for the saved ones.'),
})

export type ListRequest = z.input<typeof listRequest>

export const listPage = z.object({
  items: z.array(choice),
  next: z.string().nullable().describe('The cursor of the next page, or null on the last one.'),
  chosen: z.array(choice).default([]).describe('Those of `ids` that the tenant still has.'),
  readAt: z.iso.datetime().optional().describe('When the tenant was asked.'),
})

export type ListPage = z.input<typeof listPage>

/** Every error that the proxy answers with. */
export type ProxyCode = Extract<ErrorCode, `proxy/${string}`>

/** The code of a proxy error as it goes over the wire: `proxy/secret-required` is `secret_required`. */
export const toWireCode = (code: ProxyCode): string => code.slice('proxy/'.length).replaceAll('-', '_')

/** The code of a wire code, or `undefined` for an unknown one. */
export function fromWireCode(wire: string): ProxyCode | undefined {
  const code = `proxy/${wire.replaceAll('_', '-')}`
  return code in editorTexts ? (code as ProxyCode) : undefined
}

/** The body of every answer of the proxy that is not a success. */
export const problem = anyProblem.extend({
  /** The saved version, when it conflicts with yours. */
  saved: connectionView.optional(),
})

export type Problem = z.input<typeof problem>
