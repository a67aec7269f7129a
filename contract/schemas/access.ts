import { z } from 'zod'

/** The id of something that a builder made: it may be part of a file's name and of an address. */
export const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'Use only letters, digits, - and _.')

export const name = z.string().trim().min(1, 'Give it a name.').max(120)

const names = z.array(z.string().trim().min(1).max(200)).max(50)

export const accessRules = z.strictObject({
  /** Ids of user groups; belonging to any of them is enough. */
  groups: z.array(id).max(50).exactOptional(),
  /** All of them are needed. */
  permissions: names.exactOptional(),
  /** Ids or names; being logged in to any of them is enough. */
  organizations: names.exactOptional(),
  /** Whether the login must have shown a second factor (`amr` holds `mfa`). */
  secondFactor: z.boolean().exactOptional(),
  /** Seconds that may have passed since the visitor last gave her credentials (`auth_time`). */
  maxLoginAge: z.number().int().min(60).exactOptional(),
})

/** What a visitor needs beyond a login: every part that is given. Without any part, a login is enough. */
export type AccessRules = z.infer<typeof accessRules>

export const access = z.union([z.enum(['everyone', 'authenticated']), accessRules])

/**
 * Who may see a page, as a builder says it.
 *
 * @example
 * const staff: Access = { groups: ['managers'], organizations: ['acme-north'] }
 */
export type Access = z.infer<typeof access>

export const audience = z.union([access, z.literal('logged-out')])

/** Who sees a part of a page: like {@link Access}, or only visitors who are not logged in. */
export type Audience = z.infer<typeof audience>

export const userGroup = z.strictObject({
  /** What {@link accessRules} name it by. */
  id,
  /** What the builder calls it. */
  name,
  /** The names of the tenant's roles; all of them are needed. None: every logged-in visitor belongs to it. */
  roles: names,
})

/** A kind of visitor, by the tenant's roles. */
export type UserGroup = z.infer<typeof userGroup>
