import { z } from 'zod'

/** What the body of every answer that is not a success holds. */
export const anyProblem = z.object({
  error: z.string(),
  error_description: z.string(),
  suggestion: z.string(),
  /** The log names the error under it. */
  request_id: z.string(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  /** Seconds. */
  retry_after: z.number().optional(),
})
