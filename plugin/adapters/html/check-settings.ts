import * as z from 'zod/mini'
import { LowgateError } from '../../../contract/index.ts'
import { publicSettings } from '../../../contract/schemas/settings.ts'
import { parseCondition } from './conditions.ts'

const path = z.string().check(z.regex(/^\/(?!\/)/, 'Start with one slash.'))

const pattern = path.check(z.regex(/^([^*]|(?<=\/)\*$)*$/, 'Write * only at the end, after a slash.'))

const rule = z.string().check((context) => {
  try {
    parseCondition(context.value)
  } catch (error) {
    context.issues.push({ code: 'custom', input: context.value, message: (error as Error).message })
  }
})

const pageSettings = z.strictObject({
  settings: publicSettings,
  pages: z.exactOptional(z.record(pattern, rule)),
  landing: z.exactOptional(path),
  basePath: z.exactOptional(path),
  site: z.exactOptional(z.string().check(z.regex(/^[\w-]+$/, 'Use only letters, digits, - and _.'))),
})

/** What is wrong with what a page says of its site: the first thing, and where it is. */
export function checkSettings(config: unknown): LowgateError | undefined {
  const { error } = pageSettings.safeParse(config, { error: z.locales.en().localeError })
  const [issue] = error?.issues ?? []
  if (!issue) return undefined
  const why = issue.code === 'invalid_key' ? issue.issues[0]?.message : issue.message
  const title = `The login settings of this page cannot be used: ${issue.path.map(String).join(' › ')}: ${why}`
  return new LowgateError('config/page-settings', { title, cause: error })
}
