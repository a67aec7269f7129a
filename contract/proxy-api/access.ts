import { z } from 'zod'
import { environments } from '../environments.ts'
import { environment, projectParams, required } from './schemas.ts'

/** What a token may do in its project: each role may do all that those before it may. */
export const projectRoles = ['viewer', 'editor', 'owner'] as const

export type ProjectRole = (typeof projectRoles)[number]

/** Whether `role` is enough where `needed` is asked for. */
export const hasRole = (role: ProjectRole, needed: ProjectRole): boolean =>
  projectRoles.indexOf(role) >= projectRoles.indexOf(needed)

/** How long an editor token is good for, in hours: a working day unless somebody asks for another time. */
export const tokenHours = { default: 12, most: 7 * 24 } as const

/** With what every editor token begins, so that scanners for leaked secrets know one. */
export const editorTokenPrefix = 'lge_'

/** A whole editor token: its id, which is public, and what nobody can guess. */
export const editorTokenShape = new RegExp(`^${editorTokenPrefix}([0-9a-f]{16})_[\\w-]{43}$`)

export const tokenInput = z.strictObject({
  label: required.max(100).describe('Who holds it, as the list of tokens shows it.'),
  role: z.enum(projectRoles).default('editor'),
  environments: z
    .array(environment)
    .min(1)
    .max(environments.length)
    .optional()
    .describe('Those that it reaches. Default: all that its issuer reaches.'),
  hours: z.int().min(1).max(tokenHours.most).default(tokenHours.default),
})

const tokenId = z.string().regex(/^[0-9a-f]{16}$/)

export const tokenParams = projectParams.extend({ id: tokenId })

/** An editor token as its list shows it: never the token. */
export const tokenView = z.object({
  id: tokenId,
  label: z.string(),
  role: z.enum(projectRoles),
  environments: z.array(environment),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().optional().describe('To the minute.'),
  revokedAt: z.iso.datetime().optional().describe('When it was revoked, or the token that issued it was.'),
})

export type TokenView = z.input<typeof tokenView>

export const issuedToken = tokenView.extend({
  token: z.string().describe('Shown this once: the proxy keeps only its hash.'),
})

/** What the caller's own token allows in a project. */
export const accessView = z.object({
  role: z.enum([...projectRoles, 'operator']),
  environments: z.array(environment),
  label: z.string().optional(),
  expiresAt: z.iso.datetime().optional().describe('Absent for the operator token, which does not expire.'),
})

export type AccessView = z.input<typeof accessView>
