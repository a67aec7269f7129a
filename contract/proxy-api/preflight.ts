import { z } from 'zod'
import { finding } from './health-check.ts'
import { choices, exactText } from './schemas.ts'

const text = exactText.max(2000).optional()

/** A login action's input after its bindings are resolved, in the words of the runtime's `LoginRequest`. */
export const loginInput = z.strictObject({
  screenHint: z.enum(['login', 'signup']).optional(),
  connection: text,
  organization: text,
  invitation: text,
  loginHint: text,
  scope: text,
  audience: text,
  prompt: z.enum(['login', 'none', 'consent', 'select_account']).optional(),
  maxAge: z.int().nonnegative().optional(),
  uiLocales: text,
  acrValues: text,
})

export const preflightRequest = z.strictObject({
  /** A connection that is not saved yet; absent for the saved one. No secret is needed. */
  connection: z.strictObject({ domain: z.string().max(1000), ...choices }).optional(),
  callback: z.url({ protocol: /^https?$/ }).max(2000),
  login: loginInput.default({}),
})

export type PreflightRequest = z.input<typeof preflightRequest>

export const preflightReport = z.object({
  url: z.string().describe('The /authorize request that was tried.'),
  outcome: z
    .enum(['login-page', 'identity-provider', 'refused'])
    .describe('Where a visitor would find herself: at the login page, at a provider, or before an error.'),
  host: z.string().describe('Of the last page that was reached.'),
  error: z.string().optional().describe('The OAuth error code, when it was refused.'),
  description: z.string().optional().describe('Auth0’s own words, as plain text.'),
  finding: finding.optional().describe('What to do about the refusal.'),
})

export type PreflightReport = z.input<typeof preflightReport>
