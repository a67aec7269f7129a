import { errors, type KoaContextWithOIDC } from 'oidc-provider'
import { postLoginEvent } from '../actions/event.ts'
import type { Organization, User } from '../seeds/schema.ts'
import type { Tenant } from '../state/tenant.ts'
import type { LoginResult } from './login-result.ts'
import { addMember, isMember, organizationIdOf } from './organizations.ts'

const refuse = (error: string, description: string) => new errors.CustomOIDCProviderError(error, description)

/**
 * Whether the user may have what was asked for, in Auth0's order: blocked, invited, member, Auth0 Actions.
 * Answers whether an Auth0 Action wants a second factor that this session has not shown.
 *
 * @throws the refusal, which returns to the application's callback
 */
export async function needsSecondFactor(tenant: Tenant, ctx: KoaContextWithOIDC): Promise<boolean> {
  const { session, entities } = ctx.oidc
  const result = ctx.oidc.result as LoginResult | undefined
  const user = tenant.directory.users.get(session?.accountId ?? '')
  const grant = tenant.grants.get(entities.Grant?.jti ?? '')
  if (!session || !user || !grant) return false

  const denied = tenant.control.denyNextLogin
  if (denied && result?.login) {
    tenant.control.denyNextLogin = undefined
    throw refuse(denied.error, denied.error_description)
  }
  if (user.blocked) throw refuse('unauthorized', 'user is blocked')
  admitToOrganization(tenant, ctx, user)

  if (result?.mfa && !session.amr?.includes('mfa')) session.amr = [...(session.amr ?? []), 'mfa']
  grant.amr = session.amr ?? []
  grant.action = await tenant.postLogin(postLoginEvent(tenant, user, grant, 'oidc-basic-profile'))
  if (grant.action.denied !== undefined) throw refuse('access_denied', grant.action.denied)
  return grant.action.multifactor && !grant.amr.includes('mfa')
}

function admitToOrganization(tenant: Tenant, ctx: KoaContextWithOIDC, user: User): void {
  const organization = tenant.directory.organizations.get(organizationIdOf(tenant, ctx) ?? '')
  if (!organization) return
  const ticket = ctx.oidc.params?.invitation as string | undefined
  if (ticket) acceptInvitation(organization, ticket, user)
  if (isMember(organization, user.user_id)) return
  if (joinsByLogin(tenant, ctx, organization)) addMember(organization, user.user_id)
  else
    throw refuse('access_denied', `user ${user.user_id} is not part of the ${organization.id} organization`)
}

function acceptInvitation(organization: Organization, ticket: string, user: User): void {
  const invitation = organization.invitations?.find(({ ticket_id }) => ticket_id === ticket)
  if (!invitation) return
  // Used up whatever comes of it.
  organization.invitations = organization.invitations?.filter((open) => open !== invitation)
  if (invitation.invitee.email.toLowerCase() !== user.email.toLowerCase()) {
    throw refuse('access_denied', 'the specified account is not allowed to accept the current invitation')
  }
  if (!isMember(organization, user.user_id)) addMember(organization, user.user_id, invitation.roles)
}

function joinsByLogin(tenant: Tenant, ctx: KoaContextWithOIDC, organization: Organization): boolean {
  const name = tenant.sessions.get(ctx.oidc.session?.uid ?? '')?.connection
  const connection = [...tenant.directory.connections.values()].find((candidate) => candidate.name === name)
  return (
    organization.enabled_connections?.some(
      (enabled) => enabled.connection_id === connection?.id && enabled.assign_membership_on_login,
    ) ?? false
  )
}
