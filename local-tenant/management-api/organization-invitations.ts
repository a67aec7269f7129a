import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { newId } from '../tenant/directory.ts'
import type { Organization } from '../tenant/seeds/schema.ts'
import type { Tenant } from '../tenant/tenant.ts'
import { fields } from './body.ts'
import { ManagementApiError, notFound } from './errors.ts'
import { findOrganization } from './find.ts'
import { operation, type Operation } from './operation.ts'
import { checkpoints, eitherPage, selectFields, totals } from './paging.ts'

const WEEK = 604_800
const MAXIMUM_TTL = 2_592_000
type Invitation = NonNullable<Organization['invitations']>[number]

const invitationBody = fields({
  inviter: z.looseObject({ name: z.string().max(300) }),
  invitee: z.looseObject({ email: z.email() }),
  client_id: z.string(),
  connection_id: z.string().optional(),
  roles: z.array(z.string()).min(1).max(50).optional(),
  ttl_sec: z.number().int().min(1).max(MAXIMUM_TTL).optional(),
  send_invitation_email: z.boolean().optional(),
  app_metadata: z.record(z.string(), z.unknown()).optional(),
  user_metadata: z.record(z.string(), z.unknown()).optional(),
})

export const organizationInvitationOperations: Operation[] = [
  operation({
    on: 'GET /organizations/:id/invitations',
    scopes: ['read:organization_invitations'],
    query: [...totals, ...checkpoints],
    handle({ tenant, param, query }) {
      const organization = findOrganization(tenant, param('id'))
      const newestFirst = (organization.invitations ?? []).toReversed()
      const shown = newestFirst.map((invitation) => describe(tenant, organization, invitation))
      return eitherPage(selectFields(shown, query), query, 'invitations')
    },
  }),
  operation({
    on: 'GET /organizations/:id/invitations/:invitation',
    scopes: ['read:organization_invitations'],
    handle({ tenant, param, query }) {
      const organization = findOrganization(tenant, param('id'))
      const invitation = organization.invitations?.find(({ id }) => id === param('invitation'))
      if (!invitation) throw notFound('The invitation does not exist.', 'inexistent_invitation')
      return selectFields([describe(tenant, organization, invitation)], query)[0]
    },
  }),
  operation({
    on: 'POST /organizations/:id/invitations',
    scopes: ['create:organization_invitations'],
    body: invitationBody,
    handle({ tenant, param, body }) {
      const organization = findOrganization(tenant, param('id'))
      const { send_invitation_email = true, ttl_sec = WEEK, ...fieldsOfInvitation } = body
      check(tenant, body)
      const now = tenant.clock.now()
      const invitation = {
        id: newId('uinv_'),
        ...fieldsOfInvitation,
        roles: body.roles?.map((id) => tenant.directory.roles.get(id)?.name ?? id),
        ticket_id: randomBytes(24).toString('base64url').replace(/[-_]/g, 'x'),
        created_at: toDate(now),
        expires_at: toDate(now + ttl_sec),
      } as Invitation
      organization.invitations = [...(organization.invitations ?? []), invitation]
      const shown = describe(tenant, organization, invitation)
      if (send_invitation_email)
        tenant.mailbox.send({
          to: body.invitee.email,
          subject: `${body.inviter.name} has invited you to ${organization.display_name ?? organization.name}`,
          link: String(shown.invitation_url),
        })
      return shown
    },
  }),
  operation({
    on: 'DELETE /organizations/:id/invitations/:invitation',
    scopes: ['delete:organization_invitations'],
    handle({ tenant, param }) {
      const organization = findOrganization(tenant, param('id'))
      organization.invitations = organization.invitations?.filter(({ id }) => id !== param('invitation'))
    },
  }),
]

function check(
  tenant: Tenant,
  { client_id, connection_id, roles = [] }: z.infer<typeof invitationBody>,
): void {
  const { clients, connections, roles: known } = tenant.directory
  const refuse = (message: string) => new ManagementApiError(400, message, 'invalid_body')
  if (!clients.has(client_id)) throw refuse(`The client_id ${client_id} does not exist.`)
  const connection = connections.get(connection_id ?? '')
  if (connection_id && !connection) throw refuse(`The connection ${connection_id} does not exist.`)
  if (['sms', 'email'].includes(connection?.strategy ?? ''))
    throw refuse('Passwordless connections are not supported for invitations.')
  const missing = roles.filter((id) => !known.has(id))
  if (missing.length > 0)
    throw refuse(`One or more of the specified roles do not exist: ${missing.join(', ')}.`)
  if (!loginRoute(tenant, client_id))
    throw refuse(
      'A default login route is required to generate the invitation url. Consult https://auth0.com/docs/universal-login/configure-default-login-routes.',
    )
}

/** The application's login route, else the tenant's. */
function loginRoute({ directory }: Tenant, clientId: unknown): string | undefined {
  const route =
    directory.clients.get(String(clientId))?.initiate_login_uri ?? directory.settings.default_redirection_uri
  return typeof route === 'string' && route ? route : undefined
}

function describe(tenant: Tenant, organization: Organization, invitation: Invitation) {
  const { ticket_id, roles, client_id } = invitation
  const route = loginRoute(tenant, client_id)
  const query = new URLSearchParams({
    invitation: ticket_id,
    organization: organization.id,
    organization_name: organization.name,
  })
  return {
    ...invitation,
    organization_id: organization.id,
    ...(route && { invitation_url: `${route}${route.includes('?') ? '&' : '?'}${query.toString()}` }),
    ...(roles && {
      roles: roles.flatMap((name) => tenant.directory.roles.allNamed(name)).map(({ id }) => id),
    }),
  }
}

function toDate(seconds: number): string {
  return new Date(seconds * 1000).toISOString()
}
