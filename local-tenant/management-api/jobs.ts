import { gzipSync } from 'node:zlib'
import { Hono } from 'hono'
import { z } from 'zod'
import { newId } from '../tenant/directory.ts'
import type { Job } from '../tenant/jobs.ts'
import type { RunningTenant } from '../tenant/tenant.ts'
import { fields } from './body.ts'
import { invalidBody, ManagementApiError, notFound } from './errors.ts'
import { exportUsers } from './export-users.ts'
import { findConnection, findUser } from './find.ts'
import { importUsers } from './import-users.ts'
import { operation, type ApiRequest, type Operation } from './operation.ts'
import { sendVerification } from './tickets.ts'

/** How long a job takes before it begins, in milliseconds: long enough to be seen as pending. */
const START_DELAY = 500
const MAXIMUM_UPLOAD = 512_000
const MAXIMUM_IMPORTS = 2
const DAY = 86_400
const LOCATION_LIFETIME = 60

export const jobOperations: Operation[] = [
  operation({
    on: 'GET /jobs/:id',
    scopes: ['create:users', 'read:users', 'create:passwords_checking_job'],
    handle({ tenant, param }) {
      const { shown, file } = findJob(tenant, param('id'))
      if (!file) return shown
      const job = findJob(tenant, param('id'))
      job.validUntil = tenant.clock.now() + LOCATION_LIFETIME
      const extension = String(shown.format ?? 'json')
      return { ...shown, location: `${tenant.origin}/exports/${shown.id}.${extension}.gz` }
    },
  }),
  operation({
    on: 'GET /jobs/:id/errors',
    scopes: ['create:users', 'read:users', 'create:passwords_checking_job'],
    handle({ tenant, param }) {
      const { errors = [] } = findJob(tenant, param('id'))
      return errors.length > 0 ? errors : undefined
    },
  }),
  operation({
    on: 'POST /jobs/verification-email',
    scopes: ['update:users'],
    body: fields({
      user_id: z.string(),
      client_id: z.string().optional(),
      organization_id: z.string().optional(),
      identity: z.object({ user_id: z.string(), provider: z.string() }).optional(),
    }),
    handle({ tenant, body }) {
      const user = findUser(tenant, body.user_id)
      return start(tenant, { type: 'verification_email' }, () => sendVerification(tenant, user))
    },
  }),
  operation({
    on: 'POST /jobs/users-imports',
    scopes: ['create:users'],
    status: 202,
    handle: startImport,
  }),
  operation({
    on: 'POST /jobs/users-exports',
    scopes: ['read:users'],
    status: 200,
    body: fields({
      connection_id: z.string().optional(),
      format: z.enum(['json', 'csv']).optional(),
      limit: z.number().int().min(1).optional(),
      fields: z.array(fields({ name: z.string(), export_as: z.string().optional() })).optional(),
    }),
    handle({ tenant, body }) {
      if (body.format === 'csv' && (body.fields?.length ?? 0) > 30)
        throw invalidBody(`Array is too long (${body.fields?.length} items), maximum 30`, 'fields')
      const connection =
        body.connection_id === undefined ? undefined : findConnection(tenant, body.connection_id)
      const about = {
        type: 'users_export',
        format: 'json',
        ...body,
        connection: connection?.name,
      }
      return start(tenant, about, (job) => {
        job.file = gzipSync(exportUsers(tenant, { ...body, connection: connection?.name }))
      })
    },
  }),
]

/** The files of exports, at an address that is good for a minute and a new one each time the job is read. */
export function exportRoutes(tenant: RunningTenant): Hono {
  const app = new Hono()
  app.get('/exports/:file', (c) => {
    const job = tenant.jobs.get(c.req.param('file').split('.')[0] ?? '')
    if (!job?.file || (job.validUntil ?? 0) < tenant.clock.now()) return c.text('Request has expired', 403)
    return c.body(new Uint8Array(job.file), 200, { 'content-type': 'application/gzip' })
  })
  return app
}

async function startImport({ tenant, index, context }: ApiRequest<unknown>) {
  const form = await context.req.formData().catch(() => undefined)
  const file = form?.get('users')
  const text = file instanceof File ? await file.text() : file
  if (typeof text !== 'string') throw invalidBody('Missing required property: users')
  if (Buffer.byteLength(text) > MAXIMUM_UPLOAD)
    throw new ManagementApiError(
      413,
      `Payload content length greater than maximum allowed: ${MAXIMUM_UPLOAD}`,
    )
  const connection = findConnection(tenant, field(form, 'connection_id') ?? '')
  const external_id = field(form, 'external_id')
  const upsert = field(form, 'upsert') === 'true'
  const active = [...tenant.jobs.values()].filter(
    ({ shown }) => shown.type === 'users_import' && shown.status === 'pending',
  )
  if (active.length >= MAXIMUM_IMPORTS) {
    const message = `There are ${active.length} active import users jobs, please wait until some of them are finished and try again`
    throw new ManagementApiError(429, message, 'too_many_requests')
  }
  const about = {
    type: 'users_import',
    connection_id: connection.id,
    connection: connection.name,
    external_id,
  }
  return start(tenant, about, (job) => {
    const { summary, errors } = importUsers({ tenant, index }, { text, connection, upsert })
    job.errors = errors
    Object.assign(job.shown, { summary, percentage_done: 100 })
    if (field(form, 'send_completion_email') === 'false' || !tenant.directory.settings.support_email) return
    const subject = `Import of users: ${summary.inserted} inserted, ${summary.updated} updated, ${summary.failed} failed`
    tenant.mailbox.send({ to: tenant.directory.settings.support_email, subject, link: tenant.origin })
  })
}

function field(form: FormData | undefined, name: string): string | undefined {
  const value = form?.get(name)
  return typeof value === 'string' ? value : undefined
}

/** Answers the job as it begins, and runs it a moment later. */
function start(tenant: RunningTenant, about: Record<string, unknown>, run: (job: Job) => void) {
  const shown: Job['shown'] = {
    ...about,
    id: newId('job_'),
    status: 'pending',
    created_at: tenant.clock.iso(),
  }
  const job: Job = { shown }
  tenant.jobs.set(shown.id, job)
  setTimeout(() => {
    try {
      run(job)
      shown.status = 'completed'
    } catch (error) {
      shown.status = 'failed'
      shown.status_details = error instanceof Error ? error.message : String(error)
    }
  }, START_DELAY).unref()
  return { ...shown }
}

function findJob({ jobs, clock }: RunningTenant, id: string): Job {
  const job = jobs.get(id)
  const age = job ? clock.now() - Date.parse(String(job.shown.created_at)) / 1000 : 0
  if (!job || age > DAY) throw notFound('The job does not exist.', 'inexistent_job')
  return job
}
