import { z } from 'zod'
import { newId } from '../tenant/directory.ts'
import type { TokenExchangeProfile } from '../tenant/seeds/schema.ts'
import type { Tenant } from '../tenant/tenant.ts'
import { findAction } from './actions.ts'
import { fields } from './body.ts'
import { conflict, invalidBody, notFound } from './errors.ts'
import { operation, type Operation } from './operation.ts'
import { checkpointPage } from './paging.ts'

const reserved = /^(https?:\/\/(auth0|okta)\.com|urn:(ietf|auth0|okta))([/:]|$)/i
const subjectTokenType = z
  .string()
  .refine((type) => /^(https?:\/\/|urn:)/.test(type) && !reserved.test(type), {
    error: ({ input }) => `Object didn't pass validation for format token-type: ${String(input)}`,
  })
const name = z.string().min(3).max(50)

/** Which Auth0 Action looks at which type of token in a token exchange. */
export const tokenExchangeProfileOperations: Operation[] = [
  operation({
    on: 'GET /token-exchange-profiles',
    scopes: ['read:token_exchange_profiles'],
    handle: ({ tenant, query }) =>
      checkpointPage([...tenant.directory.tokenExchangeProfiles.values()], query, 'token_exchange_profiles'),
  }),
  operation({
    on: 'GET /token-exchange-profiles/:id',
    scopes: ['read:token_exchange_profiles'],
    handle: ({ tenant, param }) => findProfile(tenant, param('id')),
  }),
  operation({
    on: 'POST /token-exchange-profiles',
    scopes: ['create:token_exchange_profiles'],
    body: fields({
      ...{ name, subject_token_type: subjectTokenType, action_id: z.string() },
      type: z.enum(['custom_authentication']),
    }),
    handle({ tenant, body }) {
      checkType(tenant, body.subject_token_type)
      const { supported_triggers } = findAction(tenant, body.action_id)
      if (!supported_triggers.some(({ id }) => id === 'custom-token-exchange'))
        throw invalidBody('The action does not support the trigger custom-token-exchange', 'action_id')
      const at = tenant.clock.iso()
      const profile = { id: newId('tep_'), ...body, created_at: at, updated_at: at }
      tenant.directory.tokenExchangeProfiles.set(profile.id, profile)
      return profile
    },
  }),
  operation({
    on: 'PATCH /token-exchange-profiles/:id',
    scopes: ['update:token_exchange_profiles'],
    body: fields({ name: name.optional(), subject_token_type: subjectTokenType.optional() }),
    handle({ tenant, param, body }) {
      const profile = findProfile(tenant, param('id'))
      if (body.subject_token_type !== profile.subject_token_type) checkType(tenant, body.subject_token_type)
      Object.assign(profile, body, { updated_at: tenant.clock.iso() })
    },
  }),
  operation({
    on: 'DELETE /token-exchange-profiles/:id',
    scopes: ['delete:token_exchange_profiles'],
    handle: ({ tenant, param }) => void tenant.directory.tokenExchangeProfiles.delete(param('id')),
  }),
]

function findProfile({ directory }: Tenant, id: string): TokenExchangeProfile {
  const found = directory.tokenExchangeProfiles.get(id)
  if (!found)
    throw notFound('The token exchange profile does not exist.', 'inexistent_token_exchange_profile')
  return found
}

function checkType({ directory }: Tenant, type: string | undefined): void {
  const profiles = [...directory.tokenExchangeProfiles.values()]
  if (profiles.some(({ subject_token_type }) => subject_token_type === type))
    throw conflict('A token exchange profile for this subject_token_type already exists.')
}
