import * as z from 'zod/mini'
import type { PageReference } from '../page-reference.ts'

const texts = z.record(z.string(), z.string())

/** A {@link PageReference}. */
export const pageReference = z.strictObject({
  pageId: z.string().check(z.minLength(1)),
  params: z.optional(texts),
  query: z.optional(texts),
  hash: z.optional(z.string()),
  language: z.optional(z.string()),
}) satisfies z.ZodMiniType<PageReference>
