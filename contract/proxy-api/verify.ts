import { z } from 'zod'
import { environmentParams, required } from './schemas.ts'

/** Several in one parameter, separated by commas. */
const list = required
  .transform((text) => text.split(',').map((item) => item.trim()))
  .pipe(z.array(required))
  .optional()

/**
 * What a web server asks about a visitor's token: for which connection, and what it takes beyond a valid one. Strict, so
 * that a mistyped requirement opens nothing.
 */
export const verifyQuery = z.strictObject({
  ...environmentParams.shape,
  scopes: list.describe('All of them are needed.'),
  roles: list.describe('All of them are needed.'),
  permissions: list.describe('All of them are needed.'),
  organization: required.optional().describe('By id, or by name in any case.'),
  secondFactor: z.literal('true').optional().describe('The login must have shown a second factor.'),
})

/** What the answer tells of a visitor: each header is always there, so that it replaces one that the visitor made up. */
export const visitorHeaders = {
  user: 'X-Lowgate-User',
  roles: 'X-Lowgate-Roles',
  permissions: 'X-Lowgate-Permissions',
  organization: 'X-Lowgate-Organization',
} as const
