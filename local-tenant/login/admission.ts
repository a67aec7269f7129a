import type { KoaContextWithOIDC } from 'oidc-provider'
import { oidcProvider } from '../oidc/library.ts'
import { requestPart } from '../actions/event.ts'
import {
  changeMetadata,
  changeRefreshToken,
  earliest,
  mergeChanges,
  postLoginContext,
} from '../actions/post-login-context.ts'
import type { ActionOutcome, PostLoginRun } from '../actions/post-login.ts'
import type { Organization, User } from '../tenant/seeds/schema.ts'
import type { GrantContext, SessionContext, Tenant } from '../tenant/tenant.ts'
import type { LoginResult } from './login-result.ts'
import { addMember, isMember } from '../tenant/organizations.ts'
import { organizationIdOf } from './requested-organization.ts'

const refuse = (error: string, description: string) =>
  new oidcProvider.errors.CustomOIDCProviderError(error, description)

/**
 * Lets the user in, in Auth0's order: blocked, invited, member, Auth0 Actions. Joins the organization, uses up the
 * invitation, and keeps under the grant what the Auth0 Actions decided. A login that comes back from a page goes on
 * where it paused.
 *
 * @throws the refusal, which returns to the application's callback
 */
export async function admit(tenant: Tenant, ctx: KoaContextWithOIDC): Promise<void> {
  const { session, entities } = ctx.oidc
  const result = ctx.oidc.result as LoginResult | undefined
  const user = tenant.directory.users.get(session?.accountId ?? '')
  const grant = grantOf(tenant, ctx)
  if (!session || !user || !grant) return

  const denied = tenant.control.denyNextLogin
  if (denied && result?.login) {
    tenant.control.denyNextLogin = undefined
    throw refuse(denied.error, denied.error_description)
  }
  if (user.blocked) throw refuse('unauthorized', 'user is blocked')
  admitToOrganization(tenant, ctx, user)

  const pending = entities.Interaction?.uid ?? ''
  const paused = tenant.pausedRuns.get(pending)
  tenant.pausedRuns.delete(pending)
  grant.methods = tenant.sessions.get(session.uid)?.methods ?? []
  grant.run = await runActions(tenant, ctx, { user, grant, paused })
  await keepDecisions(tenant, ctx, user, grant)
}

/** Whether an Auth0 Action wants a second factor that was not shown yet. */
export function lacksSecondFactor(tenant: Tenant, ctx: KoaContextWithOIDC): boolean {
  const { run, methods = [] } = grantOf(tenant, ctx) ?? {}
  if (run?.paused) return 'secondFactor' in run.paused
  const { multifactor } = run?.outcome ?? {}
  if (!multifactor || (ctx.oidc.result as LoginResult | undefined)?.mfa) return false
  return multifactor === 'always' || !methods.some(({ name }) => name === 'mfa')
}

/** Where an Auth0 Action sends the visitor before the login goes on. */
export function redirectOf(tenant: Tenant, ctx: KoaContextWithOIDC): string | undefined {
  const paused = grantOf(tenant, ctx)?.run?.paused
  return paused && 'redirectTo' in paused ? paused.redirectTo : undefined
}

export function grantOf(tenant: Tenant, { oidc }: KoaContextWithOIDC): GrantContext | undefined {
  return tenant.grants.get(oidc.entities.Grant?.jti ?? '')
}

function runActions(
  tenant: Tenant,
  ctx: KoaContextWithOIDC,
  { user, grant, paused }: { user: User; grant: GrantContext; paused: PostLoginRun | undefined },
): Promise<PostLoginRun> {
  const result = ctx.oidc.result as LoginResult | undefined
  const request = result?.continued ?? requestPart(tenant, ctx.req)
  const interactive = result?.login !== undefined
  const moment = { protocol: 'oidc-basic-profile', request, interactive, user, grant }
  const canRedirect = !ctx.oidc.prompts.has('none')
  return tenant.postLogin(
    postLoginContext(tenant, moment, { canRedirect, state: request.query.state }),
    paused,
  )
}

/** Writes down what the Auth0 Actions decided. @throws their refusal */
async function keepDecisions(
  tenant: Tenant,
  ctx: KoaContextWithOIDC,
  user: User,
  grant: GrantContext,
): Promise<void> {
  const { outcome, paused } = grant.run ?? {}
  const { session } = ctx.oidc
  if (!outcome || !session || (paused && !outcome.denied)) return
  changeMetadata(user, outcome)
  changeRefreshToken(grant, outcome)
  changeSession(tenant.sessions.get(session.uid), outcome)
  if (outcome.session.cookieMode) session.transient = outcome.session.cookieMode === 'non-persistent'
  if (outcome.session.revoked !== undefined) {
    tenant.sessions.delete(session.uid)
    await session.destroy()
  }
  if (outcome.denied) throw refuse(outcome.denied.error, outcome.denied.description)
  if (outcome.primaryUserId !== undefined) await becomePrimary(tenant, ctx, grant, outcome.primaryUserId)
}

function changeSession(session: SessionContext | undefined, { session: changes }: ActionOutcome): void {
  if (!session) return
  session.end = earliest(changes) ?? session.end
  session.metadata = mergeChanges(session.metadata, changes)
}

/** The login goes on as the user that this one was linked to. */
async function becomePrimary(tenant: Tenant, ctx: KoaContextWithOIDC, grant: GrantContext, userId: string) {
  const { session, entities } = ctx.oidc
  const primary = tenant.directory.users.get(userId)
  const identities = (primary?.identities ?? []) as { provider?: string; user_id?: string }[]
  const linked = identities.some(({ provider, user_id }) => `${provider}|${user_id}` === grant.userId)
  if (!primary || !linked) throw refuse('access_denied', `The user is not linked to ${userId}.`)
  grant.userId = userId
  if (session) session.accountId = userId
  if (entities.Grant) {
    entities.Grant.accountId = userId
    await entities.Grant.save()
  }
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
  // The ticket was read in the mailbox of that address.
  user.email_verified = true
  if (!isMember(organization, user.user_id)) addMember(organization, user.user_id, invitation.roles)
}

function joinsByLogin(tenant: Tenant, ctx: KoaContextWithOIDC, organization: Organization): boolean {
  const name = tenant.sessions.get(ctx.oidc.session?.uid ?? '')?.connection
  const connection = tenant.directory.connections.named(name)
  return (
    organization.enabled_connections?.some(
      (enabled) => enabled.connection_id === connection?.id && enabled.assign_membership_on_login,
    ) ?? false
  )
}
