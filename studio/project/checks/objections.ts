import { z } from 'zod'

/** Something that keeps a draft from being published until the builder overrules it by its id. */
export const objection = z.object({
  id: z.string(),
  title: z.string(),
  /** What to do about it, where that is known. */
  cure: z.string().optional(),
})

export type Objection = z.input<typeof objection>

interface Finding {
  code: string
  severity: string
  title: string
  value?: string | undefined
}

/** The errors among the health check's findings. */
export const toObjections = (findings: readonly Finding[]): Objection[] =>
  findings
    .filter(({ severity }) => severity === 'error')
    .map(({ code, title, value }) => ({ id: `${code} ${value ?? ''}`, title }))

/** What is known of a tenant whose health check did not run to its end. */
export const notChecked: Objection = { id: 'not-checked', title: 'The tenant could not be checked.' }
