import { z } from 'zod'
import { loginParameters, type LoginRequest } from '../login-parameters.ts'
import { finding } from './health-check.ts'
import { choices, exactText } from './schemas.ts'

/** The schema of one parameter, by its type. */
function toSchema(parameter: (typeof loginParameters)[keyof typeof loginParameters]): z.ZodType {
  switch (parameter.type) {
    case 'choice':
      return z.enum(parameter.options.map(({ value }) => value))
    case 'number':
      return z.int().min(parameter.min)
    case 'switch':
      return z.boolean()
    case 'text':
    case 'remote':
      return exactText.max(2000)
  }
}

/** A login action's input after its bindings are resolved. */
const loginRequest = z.strictObject(
  Object.fromEntries(
    Object.entries(loginParameters).map(([name, parameter]) => [name, toSchema(parameter).optional()]),
  ),
) as z.ZodType<LoginRequest, LoginRequest>

export const preflightRequest = z.strictObject({
  /** A connection that is not saved yet; absent for the saved one. No secret is needed. */
  connection: z.strictObject({ domain: z.string().max(1000), ...choices }).optional(),
  callback: z.url({ protocol: /^https?$/ }).max(2000),
  login: loginRequest.default({}),
})

export const preflightReport = z.object({
  url: z.string().describe('The /authorize request that was tried.'),
  outcome: z
    .enum(['login-page', 'identity-provider', 'refused'])
    .describe('Where a visitor would end up: at the login page, at a provider, or before an error.'),
  host: z.string().describe('Of the last page that was reached.'),
  error: z.string().optional().describe('The OAuth error code, when it was refused.'),
  description: z.string().optional().describe('Auth0’s own words, as plain text.'),
  finding: finding.optional().describe('What to do about the refusal.'),
})

export type PreflightReport = z.input<typeof preflightReport>
