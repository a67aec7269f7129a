import type { Fields } from 'lowgate/contract'
import { access, audience, id, name, publicSettings, userGroup } from 'lowgate/contract/schemas'
import { z } from 'zod'
import { blockTypes, kindOf } from './block-kinds.ts'
import { hostStepKinds } from './host-steps.ts'
import { upgradeWorkflows } from './upgrade.ts'
import { blocksIn, idsOf, stepsIn } from './walk.ts'

const texts = z.record(z.string(), z.string())

/** The values of a form: fixed ones, or `{ bind: 'auth.user.email' }` for one that is computed when it is needed. */
const values = z.record(z.string().max(64), z.json())

const pagePath = z
  .string()
  .max(200)
  .regex(
    /^\/$|^(\/(:[a-z][A-Za-z0-9]*|[a-z0-9][a-z0-9_-]*))+$/,
    'Start with a slash; lower-case letters, digits and hyphens; “:id” for a parameter.',
  )
  .refine((path) => {
    const parameters = path.match(/:[A-Za-z0-9]+/g) ?? []
    return new Set(parameters).size === parameters.length
  }, 'Each parameter needs a name of its own.')

const language = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'A language code such as “en” or “pt-BR”.')

/** Language to field to text; what is absent shows in the first language. */
const translations = z.record(language, z.record(z.string().max(64), z.string().max(20_000)))

const block = z.strictObject({
  id,
  type: z.enum(blockTypes),
  values,
  translations: translations.optional(),
  /** The blocks inside a container. */
  get blocks() {
    return z.array(block).max(200).optional()
  },
})

const page = z.strictObject({
  id,
  name,
  path: pagePath,
  access,
  /** Whether the site's menu leads to it. */
  inMenu: z.boolean(),
  translations: translations.optional(),
  blocks: z.array(block).max(500),
})

const trigger = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('click'), blockId: id }),
  z.strictObject({ type: z.literal('page-load'), pageId: id }),
  /** An event of the session, as the manifest lists them. */
  z.strictObject({ type: z.literal('session'), event: z.string().max(64) }),
])

const step = z.strictObject({
  id,
  action: z.string().min(1).max(64),
  args: values,
  /** Goes on with the next step after an error, which is bound as `errors.<id>`. */
  continues: z.boolean().optional(),
  /** The two ways of a branch. */
  get then() {
    return z.array(step).max(100).optional()
  },
  get otherwise() {
    return z.array(step).max(100).optional()
  },
})

const workflow = z.strictObject({ id, trigger, steps: z.array(step).max(100) })

/** The forms of all blocks and of the studio's own steps, each with what was filled in. */
function* formsOf({ pages, workflows }: Project): Generator<[Fields, Values]> {
  for (const { blocks } of pages)
    for (const entry of blocksIn(blocks)) yield [kindOf(entry).fields, entry.values]
  for (const { steps } of workflows)
    for (const { action, args } of stepsIn(steps))
      yield [hostStepKinds.find(({ code }) => code === action)?.fields ?? {}, args]
}

/** As many pages as a project may have. */
export const mostPages = 200

/** How deeply objects and lists may be nested: enough for more than forty containers. */
const mostLevels = 100

/** Whether a value is nested no more deeply than that. It does not call itself, so that no file is too deep for it. */
function isShallow(value: unknown): boolean {
  let level = [value].filter(isObject)
  for (let depth = 0; level.length; depth += 1) {
    if (depth > mostLevels) return false
    level = level.flatMap((entry) => Object.values(entry).filter(isObject))
  }
  return true
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

const projectFields = z
  .strictObject({
    /** Names the host of the project’s sites. */
    id: z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/),
    name,
    /** The first one is shown where no other is asked for. */
    languages: z.array(language).min(1).max(20),
    homePageId: id,
    userGroups: z.array(userGroup).max(100),
    pages: z.array(page).min(1).max(mostPages),
    workflows: z.array(workflow).max(1000).overwrite(upgradeWorkflows),
    settings: publicSettings,
  })
  .superRefine((project, context) => {
    const seen = new Set<string>()
    const repeated = [...idsOf(project)].find((entry) => seen.size === seen.add(entry).size)
    if (repeated) context.addIssue({ code: 'custom', message: `The id “${repeated}” is used twice.` })
    if (!project.pages.some((entry) => entry.id === project.homePageId))
      context.addIssue({ code: 'custom', path: ['homePageId'], message: 'The home page does not exist.' })
    for (const { id, type, values } of project.pages.flatMap((each) => [...blocksIn(each.blocks)]))
      if (type === 'condition' && !audience.safeParse(values.visibleTo).success)
        context.addIssue({
          code: 'custom',
          path: ['pages', id, 'visibleTo'],
          message: 'This does not say who sees the block.',
        })
    for (const [fields, entries] of formsOf(project))
      for (const [name, field] of Object.entries(fields))
        if (field.type === 'pairs' && !texts.optional().safeParse(entries[name]).success)
          context.addIssue({
            code: 'custom',
            path: [name],
            message: `“${field.label}” must be names, each with a text.`,
          })
  })

/** A project as saved, exported and imported. Everything that walks through one relies on this limited depth. */
export const projectSchema = z
  .unknown()
  .refine(isShallow, {
    abort: true,
    message: `It is nested too deeply: more than ${mostLevels} levels inside each other.`,
  })
  .pipe(projectFields)

export type Values = z.infer<typeof values>
export type Block = z.infer<typeof block>
export type Page = z.infer<typeof page>
export type Step = z.infer<typeof step>
export type Trigger = z.infer<typeof trigger>
export type Workflow = z.infer<typeof workflow>
export type Project = z.infer<typeof projectSchema>
