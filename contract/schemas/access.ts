import { z } from 'zod'
import type { Access, AccessRules, Audience, Guard, UserGroup } from '../access.ts'

/** The id of something that a builder made: it may be part of a file's name and of an address. */
export const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'Use only letters, digits, - and _.')

export const name = z.string().trim().min(1, 'Give it a name.').max(120)

const names = z.array(z.string().trim().min(1).max(200)).max(50)

export const accessRules = z.strictObject({
  groups: z.array(id).max(50).exactOptional(),
  permissions: names.exactOptional(),
  organizations: names.exactOptional(),
  secondFactor: z.boolean().exactOptional(),
  maxLoginAge: z.number().int().min(60).exactOptional(),
}) satisfies z.ZodType<AccessRules>

export const access = z.union([
  z.enum(['everyone', 'authenticated']),
  accessRules,
]) satisfies z.ZodType<Access>

export const audience = z.union([access, z.literal('logged-out')]) satisfies z.ZodType<Audience>

/** A {@link Guard}. */
export const guard = z.union([
  z.enum(['everyone', 'authenticated']),
  accessRules.extend({ groups: z.array(names).max(50).exactOptional() }),
]) satisfies z.ZodType<Guard>

export const userGroup = z.strictObject({ id, name, roles: names }) satisfies z.ZodType<UserGroup>
