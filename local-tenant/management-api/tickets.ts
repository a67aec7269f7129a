import { z } from 'zod'
import type { User } from '../tenant/seeds/schema.ts'
import type { RunningTenant } from '../tenant/tenant.ts'
import { isDatabase } from '../tenant/connections.ts'
import { findUser as findByEmail } from '../tenant/users.ts'
import { fields } from './body.ts'
import { invalidBody, ManagementApiError } from './errors.ts'
import { findConnection, findUser, findClient, findOrganization } from './find.ts'
import { operation, type Operation } from './operation.ts'

const common = {
  result_url: z.url().optional(),
  client_id: z.string().optional(),
  organization_id: z.string().optional(),
  ttl_sec: z.number().int().min(0).optional(),
  includeEmailInRedirect: z.boolean().optional(),
  identity: z.object({ user_id: z.string(), provider: z.string() }).optional(),
}

/** Links that a person follows once: the tenant's own pages answer them. */
export const ticketOperations: Operation[] = [
  operation({
    on: 'POST /tickets/password-change',
    scopes: ['create:user_tickets'],
    body: fields({
      ...common,
      user_id: z.string().optional(),
      connection_id: z.string().optional(),
      email: z.email().optional(),
      mark_email_as_verified: z.boolean().optional(),
    }),
    handle({ tenant, body }) {
      checkNamed(tenant, body)
      const user = body.user_id === undefined ? byEmail(tenant, body) : findUser(tenant, body.user_id)
      const secret = tenant.mailbox.issueTicket({
        purpose: 'password',
        userId: user.user_id,
        ttl: body.ttl_sec,
        verifiesEmail: body.mark_email_as_verified,
        resultUrl: returnUrl(body, user),
      })
      return { ticket: `${tenant.origin}/u/reset-password?ticket=${secret}#` }
    },
  }),
  operation({
    on: 'POST /tickets/email-verification',
    scopes: ['create:user_tickets'],
    body: fields({ ...common, user_id: z.string() }),
    handle({ tenant, body }) {
      checkNamed(tenant, body)
      const user = findUser(tenant, body.user_id)
      const ticket = verificationLink(tenant, user, { ttl: body.ttl_sec, resultUrl: returnUrl(body, user) })
      return { ticket: `${ticket}#` }
    },
  }),
]

/** Mails the link that proves an e-mail address. */
export function sendVerification(tenant: RunningTenant, user: User): void {
  tenant.mailbox.send({ to: user.email, subject: 'Verify your email', link: verificationLink(tenant, user) })
}

function verificationLink(
  tenant: RunningTenant,
  { user_id }: User,
  options: { ttl?: number | undefined; resultUrl?: string | undefined } = {},
): string {
  const secret = tenant.mailbox.issueTicket({ purpose: 'verification', userId: user_id, ...options })
  return `${tenant.origin}/u/email-verification?ticket=${secret}`
}

function returnUrl(
  {
    result_url,
    includeEmailInRedirect,
  }: { result_url?: string | undefined; includeEmailInRedirect?: boolean | undefined },
  { email }: User,
): string | undefined {
  if (!result_url || !includeEmailInRedirect) return result_url
  const url = new URL(result_url)
  url.searchParams.set('email', email)
  return url.href
}

function byEmail(
  tenant: RunningTenant,
  body: { email?: string | undefined; connection_id?: string | undefined },
): User {
  if (!body.email) throw invalidBody('Missing required property: user_id')
  if (!body.connection_id) throw invalidBody('Missing required property: connection_id')
  const connection = findConnection(tenant, body.connection_id)
  if (!isDatabase(connection))
    throw new ManagementApiError(400, 'The connection is not a database connection', 'invalid_connection')
  return findByEmail(tenant.directory, connection, body.email) ?? findUser(tenant, '')
}

function checkNamed(
  tenant: RunningTenant,
  { client_id, organization_id }: { client_id?: string | undefined; organization_id?: string | undefined },
): void {
  if (client_id !== undefined) findClient(tenant, client_id)
  if (organization_id !== undefined) findOrganization(tenant, organization_id)
}
