import type { Action } from '../tenant/seeds/actions.ts'
import type { Tenant } from '../tenant/tenant.ts'
import { clientAndTenant, organizationPart, type requestPart } from './event.ts'
import { runActions, type Refusal } from './run-trigger.ts'

export interface UserAttributes extends Record<string, unknown> {
  /** Without the provider. */
  user_id?: string
  email?: string
}

/** Whom an Auth0 Action of the `custom-token-exchange` trigger has recognized. */
export interface ExchangeOutcome {
  userId?: string
  byConnection?: {
    name: string
    attributes: UserAttributes
    options: { creationBehavior?: string; updateBehavior?: string }
  }
  organization?: string
  app_metadata: Record<string, unknown>
  user_metadata: Record<string, unknown>
  /** The token was refused as such, which counts against the address that sent it. */
  invalidToken?: boolean
}

export interface Exchange {
  clientId: string
  organizationId: string | undefined
  audience: string | undefined
  scopes: string[]
  subjectToken: string
  subjectTokenType: string
  request: ReturnType<typeof requestPart>
}

/** Runs the one Auth0 Action of a token exchange profile. */
export async function runTokenExchange(
  tenant: Tenant,
  action: Action,
  about: Exchange,
): Promise<{ outcome: ExchangeOutcome; refusal: Refusal | undefined }> {
  const outcome: ExchangeOutcome = { app_metadata: {}, user_metadata: {} }
  const event = {
    ...clientAndTenant(tenant, about.clientId),
    ...organizationPart(tenant, about.organizationId),
    ...(about.audience && { resource_server: { identifier: about.audience } }),
    request: about.request,
    transaction: {
      protocol: 'oauth2-token-exchange',
      requested_scopes: about.scopes,
      requested_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      subject_token: about.subjectToken,
      subject_token_type: about.subjectTokenType,
    },
  }
  const api = (refuse: (refusal: Refusal) => void) => ({
    access: {
      deny: (code: string, reason: string) => refuse({ code, reason }),
      rejectInvalidSubjectToken(reason: string) {
        outcome.invalidToken = true
        refuse({ code: 'invalid_request', reason })
      },
    },
    authentication: {
      setUserById: (id: string) => void (outcome.userId = id),
      setUserByConnection: (name: string, attributes: UserAttributes, options = {}) =>
        void (outcome.byConnection = { name, attributes, options }),
      setOrganization: (idOrName: string) => void (outcome.organization = idOrName),
      setActor() {
        throw new Error('api.authentication.setActor is not reproduced by the local tenant.')
      },
    },
    user: {
      setAppMetadata: (key: string, value: unknown) => void (outcome.app_metadata[key] = value),
      setUserMetadata: (key: string, value: unknown) => void (outcome.user_metadata[key] = value),
    },
  })
  const actions = [tenant.actions.ready(action)]
  const refusal = await runActions(tenant, 'custom-token-exchange', { event, api, actions })
  return { outcome, refusal }
}
