import { z } from 'zod'
import type { PageReference } from '../page-reference.ts'

const texts = z.record(z.string(), z.string())

/** A {@link PageReference}. */
export const pageReference = z.strictObject({
  pageId: z.string().min(1),
  params: texts.optional(),
  query: texts.optional(),
  hash: z.string().optional(),
  language: z.string().optional(),
}) satisfies z.ZodType<PageReference>
