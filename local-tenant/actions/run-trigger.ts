import type { Connection, User } from '../tenant/seeds/schema.ts'
import type { Tenant } from '../tenant/tenant.ts'
import { setClaim } from './claims.ts'
import type { requestPart } from './event.ts'
import { clientAndTenant, organizationPart, userPart } from './event.ts'
import type { BoundAction, Trigger } from './library.ts'
import { TIME_LIMIT_SECONDS } from './sandbox.ts'

/** Why an Auth0 Action refused. `shown` is for the visitor, where the trigger has such a text. */
export interface Refusal {
  code: string
  reason: string
  shown?: string | undefined
}

type Request = ReturnType<typeof requestPart>

/** Runs the Auth0 Actions bound to a trigger, or those given, until one refuses. One that throws refuses with its message. */
export async function runActions(
  tenant: Tenant,
  trigger: Trigger,
  {
    event,
    api,
    actions = tenant.actions.bound(trigger),
  }: { event: object; api: (refuse: (refusal: Refusal) => void) => object; actions?: BoundAction[] },
): Promise<Refusal | undefined> {
  const handler = `onExecute${trigger.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase())}`
  const deadline = Date.now() + TIME_LIMIT_SECONDS * 1000
  let refusal: Refusal | undefined
  const tools = api((refused) => void (refusal ??= refused))
  for (const action of actions) {
    if (!action.handles(handler)) continue
    const told = { ...event, secrets: action.secrets }
    const all = { ...tools, cache: tenant.actions.cacheOf(trigger) }
    try {
      await action.call(handler, told, all, deadline - Date.now())
    } catch (error) {
      const reason = (error as Error | undefined)?.message ?? String(error)
      tenant.log(`The Auth0 Action "${action.name}" failed: ${String(error)}`)
      refusal ??= { code: 'server_error', reason }
    }
    if (refusal) break
  }
  return refusal
}

/** A machine asks for a token: its Auth0 Actions may add claims or refuse. */
export async function runCredentialsExchange(
  tenant: Tenant,
  about: {
    clientId: string
    audience: string
    scopes: string[]
    organizationId?: string | undefined
    request: Request
  },
): Promise<{ claims: Record<string, unknown>; refusal: Refusal | undefined }> {
  const claims: Record<string, unknown> = {}
  const event = {
    ...clientAndTenant(tenant, about.clientId),
    ...organizationPart(tenant, about.organizationId),
    request: about.request,
    resource_server: { identifier: about.audience },
    accessToken: { customClaims: {}, scope: about.scopes },
    transaction: { requested_scopes: about.scopes },
  }
  const refusal = await run(tenant, 'credentials-exchange', event, (refuse) => ({
    access: { deny: (code: string, reason: string) => refuse({ code, reason }) },
    accessToken: { setCustomClaim: (name: string, value: unknown) => setClaim(claims, name, value) },
  }))
  return { claims, refusal }
}

/** The same where the refusal and the tools are all that differs. */
function run(
  tenant: Tenant,
  trigger: Trigger,
  event: object,
  api: (refuse: (refusal: Refusal) => void) => object,
): Promise<Refusal | undefined> {
  return runActions(tenant, trigger, { event, api })
}

export interface Registration {
  clientId: string
  connection: Connection
  organizationId?: string | undefined
  request: Request
}

/** Before a sign-up with a password: the Auth0 Actions may refuse it, or set metadata on the user to be. */
export async function runPreUserRegistration(
  tenant: Tenant,
  profile: { email: string; user_metadata?: Record<string, unknown> },
  registration: Registration,
): Promise<{ profile: Pick<User, 'app_metadata' | 'user_metadata'>; refusal: Refusal | undefined }> {
  const metadata: Record<'app_metadata' | 'user_metadata', Record<string, unknown>> = {
    app_metadata: {},
    user_metadata: { ...profile.user_metadata },
  }
  const event = { ...registrationEvent(tenant, registration), user: { ...metadata, ...profile } }
  const refusal = await run(tenant, 'pre-user-registration', event, (refuse) => ({
    access: { deny: (reason: string, shown?: string) => refuse({ code: 'invalid_signup', reason, shown }) },
    validation: {
      error: (code: string, message: string) => refuse({ code, reason: message, shown: message }),
    },
    user: {
      setAppMetadata: (key: string, value: unknown) => void (metadata.app_metadata[key] = value),
      setUserMetadata: (key: string, value: unknown) => void (metadata.user_metadata[key] = value),
    },
  }))
  return { profile: metadata, refusal }
}

/** After a sign-up. As at Auth0 nobody waits for it, and nothing it does can stop the login. */
export function runPostUserRegistration(tenant: Tenant, user: User, registration: Registration): void {
  const event = { ...registrationEvent(tenant, registration), user: userPart(tenant, user) }
  void run(tenant, 'post-user-registration', event, () => ({}))
}

/** After a password was changed, by its owner or by an operator. Nobody waits for it. */
export function runPostChangePassword(tenant: Tenant, user: User, connection: Connection | undefined): void {
  const event = {
    user: userPart(tenant, user),
    connection: connection && { id: connection.id, name: connection.name, strategy: connection.strategy },
    tenant: clientAndTenant(tenant, '').tenant,
  }
  void run(tenant, 'post-change-password', event, () => ({}))
}

/** A code goes to a phone. @throws when an Auth0 Action throws, as then no message was sent */
export async function runSendPhoneMessage(
  tenant: Tenant,
  user: User,
  message: {
    recipient: string
    code: string
    message_type: 'sms' | 'voice'
    action: 'enrollment' | 'second-factor-authentication'
    clientId: string
    request: Request
  },
): Promise<void> {
  const { clientId, request, ...options } = message
  const text = `Your verification code is: ${options.code}`
  const event = {
    ...clientAndTenant(tenant, clientId),
    user: userPart(tenant, user),
    request,
    message_options: { ...options, text },
  }
  const refusal = await run(tenant, 'send-phone-message', event, () => ({}))
  if (refusal) throw new Error(refusal.reason)
}

function registrationEvent(tenant: Tenant, { clientId, connection, organizationId, request }: Registration) {
  const { id, name, strategy, metadata } = connection
  return {
    ...clientAndTenant(tenant, clientId),
    ...organizationPart(tenant, organizationId),
    connection: { id, name, strategy, metadata: metadata ?? {} },
    request,
    transaction: { protocol: 'oidc-basic-profile' },
  }
}
