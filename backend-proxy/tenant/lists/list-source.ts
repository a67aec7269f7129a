import type { ManagementClient } from 'auth0'
import { z } from 'zod'
import type { Choice } from 'lowgate/contract/proxy-api'
import { invalidInput, proxyError, underlying } from '../../errors.ts'

/** A page of a list. `next` means something to the source that made it, and to nobody else. */
export interface SourcePage {
  items: Choice[]
  next: string | null
}

/** How one kind of choice is read from a tenant: one request for each call. */
export interface ListSource {
  page(management: ManagementClient, cursor: string | undefined): Promise<SourcePage>
  /** The tenant's own search, where its API has one. A tenant without it answers 404 or 400. */
  search?(
    management: ManagementClient,
    text: string,
    cursor: string | undefined,
    apiUrl: string,
  ): Promise<SourcePage>
  /**
   * The choice whose whole id `text` is, where the search above looks at names only. Without a request `undefined` for
   * what cannot be an id. @throws the SDK's 404 when there is none.
   */
  byId?(management: ManagementClient, text: string): Promise<Choice | undefined>
  /** The choice with this value. @throws the SDK's 404 when there is none. */
  find(management: ManagementClient, value: string): Promise<Choice | undefined>
}

/** The tenant's answer as `schema` describes it. @throws `proxy/bad-upstream` when it is anything else. */
export function parseReply<T extends z.ZodType>(schema: T, reply: unknown): z.output<T> {
  const parsed = schema.safeParse(reply)
  if (!parsed.success) throw proxyError('proxy/bad-upstream')
  return parsed.data
}

/** Entries a request asks for: the most that Auth0 gives. */
export const pageSize = 100

const offsets = z.object({ total: z.number(), start: z.number() })
const checkpoint = z.object({ next: z.string().nullish() })

const itemsOf = <T extends z.ZodType>(key: string, item: T, reply: unknown) =>
  parseReply(z.array(item), (reply as Record<string, unknown> | null)?.[key])

/** A page by number, `{total, start, <key>}`, and the number of the next one. */
export function toOffsetPage<T extends z.ZodType>(key: string, item: T, reply: unknown, page: number) {
  const { total, start } = parseReply(offsets, reply)
  const items = itemsOf(key, item, reply)
  return { items, next: items.length > 0 && start + items.length < total ? String(page + 1) : null }
}

/** A page by checkpoint, `{<key>, next?}`. */
export function toCheckpointPage<T extends z.ZodType>(key: string, item: T, reply: unknown) {
  const { next } = parseReply(checkpoint, reply)
  return { items: itemsOf(key, item, reply), next: next ?? null }
}

/** The refusal of a cursor that this list did not hand out, or that its tenant no longer knows. */
export const notOurs = () =>
  invalidInput('cursor', 'This cursor is not from this list. Start again without one.')

export function toPageNumber(cursor: string | undefined): number {
  if (cursor !== undefined && !/^\d{1,6}$/.test(cursor)) throw notOurs()
  return Number(cursor ?? 0)
}

/** Whether `text` is safe between the quotes of a filter: nothing in it ends or escapes them. */
export const fitsFilter = (text: string): boolean => !/["\\]/.test(text)

/**
 * A filter in SCIM's words: `fields` that contain `text`. Auth0 wants three letters for "contains"; with fewer the
 * names that start with them are meant.
 */
export function toFilter(fields: readonly string[], text: string): string {
  const operator = text.length < 3 ? 'sw' : 'co'
  return fields.map((field) => `${field} ${operator} "${text}"`).join(' or ')
}

/** What `reading` answers, and nothing where the tenant's plan does not include such things. */
export const noneInPlan = <T>(reading: Promise<T>): Promise<T | never[]> =>
  reading.catch((error: unknown) => {
    if (underlying(error)?.code === 'proxy/not-in-plan') return []
    throw error
  })
