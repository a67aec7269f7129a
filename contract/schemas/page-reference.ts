import * as z from 'zod/mini'

const texts = z.record(z.string(), z.string())

/** In `zod/mini`, since a visitor's browser checks the pages that workflow actions name. */
export const pageReference = z.strictObject({
  /** The host's own id of the page. */
  pageId: z.string().check(z.minLength(1)),
  /** The parameters in the page's path, by name. */
  params: z.optional(texts),
  /** What follows the `?` of the address, by name. */
  query: z.optional(texts),
  /** With or without its `#`. */
  hash: z.optional(z.string()),
  /** Of the page, as the host names it. Absent: the one on show. */
  language: z.optional(z.string()),
})

/** A page of the project as a builder picks it: by id, never by an address that a rename would break. */
export type PageReference = z.infer<typeof pageReference>
