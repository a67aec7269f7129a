import type { SiteAddress } from 'lowgate/contract'
import { anyProblem, defineEndpoints, type Endpoint } from 'lowgate/contract/http'
import { z } from 'zod'
import { objection } from '../project/checks/objections.ts'
import { projectSchema, type Project } from '../project/schema.ts'
import type { StudioErrorName } from './errors.ts'

const inProject = z.object({ project: z.string() })
const revision = z.int().positive()
/** A project was checked when it was saved: nobody reads all of it a second time on its way out. */
const savedProject = z.custom<Project>()
const siteAddress = z.custom<SiteAddress>()

const sessionView = z.object({
  isOpen: z.boolean().describe('Whether the studio is open in this browser.'),
  takesPassword: z.boolean().describe('Whether a password opens it.'),
})

export type SessionView = z.input<typeof sessionView>

const projectView = z.object({
  project: savedProject,
  revision,
  updatedAt: z.iso.datetime(),
  liveVersion: z.int().nullable().describe('What the production site shows; null before the first.'),
  sites: z.object({ preview: siteAddress, production: siteAddress }),
})

/** A project as the studio's server keeps it. */
export type ProjectView = z.input<typeof projectView>

const versionView = z.object({
  version: z.int().positive(),
  publishedAt: z.iso.datetime(),
  note: z.string(),
  overruled: z.array(z.string()).describe('The titles of the problems that the builder overruled.'),
})

export type VersionView = z.input<typeof versionView>

const publishStep = z.object({
  step: z.enum(['preparing', 'runtime', 'pages', 'live']),
  done: z.int(),
  total: z.int(),
})

/** How far publishing is. */
export type PublishStep = z.input<typeof publishStep>

/** The body of every answer of the studio's server that is not a success. */
export const studioProblem = anyProblem.extend({
  saved: projectView.optional().describe('The saved project, when it conflicts with yours.'),
  objections: z.array(objection).optional().describe('What keeps the draft from being published.'),
})

export type StudioProblem = z.input<typeof studioProblem>

/** The studio's own API, below `/api`: the server's routes and the app's client are made from it. */
export const studioApi = defineEndpoints({
  session: {
    method: 'get',
    path: '/session',
    isPublic: true,
    summary: 'Whether the studio is open in this browser',
    reply: sessionView,
    errors: [],
  },
  logIn: {
    method: 'post',
    path: '/session',
    isPublic: true,
    summary: 'Open the studio with the password',
    // Anything but text counts as a wrong password.
    body: z.strictObject({ password: z.string().catch('') }),
    reply: sessionView,
    errors: ['notOpen', 'wrongPassword', 'tooManyGuesses'],
  },
  list: {
    method: 'get',
    path: '/projects',
    summary: 'The projects, by name',
    reply: z.object({
      projects: z.array(z.object({ id: z.string(), name: z.string(), updated_at: z.iso.datetime() })),
    }),
    errors: [],
  },
  create: {
    method: 'post',
    path: '/projects',
    summary: 'A new project from a template or an import; its id is changed when it is taken',
    body: z.strictObject({ project: projectSchema }),
    reply: z.object({ projectId: z.string() }),
    status: 201,
    errors: [],
  },
  read: {
    method: 'get',
    path: '/projects/{project}',
    summary: 'One project with its sites',
    params: inProject,
    reply: projectView,
    errors: ['noSuchProject'],
  },
  save: {
    method: 'put',
    path: '/projects/{project}',
    summary: 'Save the draft',
    description: 'An older revision is refused, with the saved version.',
    params: inProject,
    body: z.strictObject({ project: projectSchema, revision }),
    reply: projectView,
    errors: ['noSuchProject', 'conflict'],
  },
  remove: {
    method: 'delete',
    path: '/projects/{project}',
    summary: 'Delete a project with its versions, its published site and its credentials',
    params: inProject,
    errors: ['noSuchProject', 'notDeleted'],
  },
  publish: {
    method: 'post',
    path: '/projects/{project}/publish',
    summary: 'Publish the draft to production',
    description:
      'Project and tenant are checked first. An error that is not overruled by its id refuses the publish.',
    params: inProject,
    body: z.strictObject({
      note: z.string().trim().max(500, 'Write a shorter note.').default(''),
      overruled: z
        .array(z.string().max(2500))
        .max(500)
        .default([])
        .describe('Ids of the problems to publish in spite of.'),
      revision: revision.describe('Of the draft that was checked.'),
    }),
    step: publishStep,
    reply: z.object({ version: z.int().positive() }),
    errors: ['noSuchProject', 'changedMeanwhile', 'openProblems', 'notPublished'],
  },
  versions: {
    method: 'get',
    path: '/projects/{project}/versions',
    summary: 'What was published, the newest first',
    params: inProject,
    reply: z.object({ live: z.int().nullable(), versions: z.array(versionView) }),
    errors: ['noSuchProject'],
  },
  version: {
    method: 'get',
    path: '/projects/{project}/versions/{version}',
    summary: 'The project as it was published',
    params: inProject.extend({ version: z.coerce.number<number>() }),
    reply: z.object({ project: savedProject }),
    errors: ['noSuchVersion'],
  },
  setLive: {
    method: 'put',
    path: '/projects/{project}/live',
    summary: 'Show visitors another version',
    params: inProject,
    body: z.strictObject({ version: z.int().positive() }),
    reply: z.object({ live: z.int().positive() }),
    errors: ['noSuchVersion'],
  },
} satisfies Record<string, Endpoint<StudioErrorName>>)

export type StudioApi = typeof studioApi
