import { z } from 'zod'
import { phoneNumber } from '../tenant/phone-number.ts'
import {
  authenticatorsOf,
  maskAuthenticator,
  maskText,
  newAuthenticator,
  removeAuthenticators,
  type Authenticator,
} from '../tenant/authenticators.ts'
import type { User } from '../tenant/seeds/schema.ts'
import type { RunningTenant } from '../tenant/tenant.ts'
import { fields } from './body.ts'
import { invalidBody, ManagementApiError, notFound } from './errors.ts'
import { findUser } from './find.ts'
import { merge } from './merge.ts'
import { omit } from './omit.ts'
import { operation, type Operation } from './operation.ts'
import { integer, type Query } from './paging.ts'

const method = fields({
  type: z.enum(['phone', 'email', 'totp']),
  name: z.string().max(20).optional(),
  totp_secret: z
    .string()
    .regex(/^[A-Z2-7]+=*$/)
    .optional(),
  phone_number: phoneNumber.optional(),
  email: z.email().optional(),
  preferred_authentication_method: z.enum(['sms', 'voice']).optional(),
})
const read = ['read:authentication_methods']

export const factorOperations: Operation[] = [
  operation({
    on: 'GET /users/:id/authentication-methods',
    scopes: read,
    handle({ tenant, param, query }) {
      const all = authenticatorsOf(tenant, findUser(tenant, param('id'))).map(maskAuthenticator)
      return authenticatorPage(all, query)
    },
  }),
  operation({
    on: 'GET /users/:id/authentication-methods/:method',
    scopes: read,
    handle: ({ tenant, param }) => maskAuthenticator(findMethod(tenant, param('id'), param('method'))),
  }),
  operation({
    on: 'POST /users/:id/authentication-methods',
    scopes: ['create:authentication_methods'],
    body: method,
    handle({ tenant, param, body }) {
      const user = findUser(tenant, param('id'))
      const added = enrol(tenant, body)
      user.authentication_methods = [...authenticatorsOf(tenant, user), added]
      if (body.totp_secret) user.otp_secret = body.totp_secret
      return omit(maskAuthenticator(added), 'confirmed')
    },
  }),
  operation({
    on: 'PUT /users/:id/authentication-methods',
    scopes: ['update:authentication_methods'],
    body: z.array(method).max(10),
    handle({ tenant, param, body }) {
      const user = findUser(tenant, param('id'))
      const methods = body.map((each) => enrol(tenant, each))
      user.authentication_methods = methods
      const secret = body.find(({ totp_secret }) => totp_secret)?.totp_secret
      if (secret) user.otp_secret = secret
      else delete user.otp_secret
      return methods
    },
  }),
  operation({
    on: 'PATCH /users/:id/authentication-methods/:method',
    scopes: ['update:authentication_methods'],
    body: fields({
      name: z.string().max(20).optional(),
      preferred_authentication_method: z.enum(['sms', 'voice']).optional(),
    }),
    handle({ tenant, param, body }) {
      const user = findUser(tenant, param('id'))
      const methods = authenticatorsOf(tenant, user)
      const changed = merge(findMethod(tenant, param('id'), param('method')), body)
      user.authentication_methods = methods.map((each) => (each.id === changed.id ? changed : each))
      return omit(maskAuthenticator(changed), 'confirmed')
    },
  }),
  operation({
    on: 'DELETE /users/:id/authentication-methods',
    scopes: ['delete:authentication_methods'],
    handle: ({ tenant, param }) => removeAuthenticators(tenant, findUser(tenant, param('id')), () => true),
  }),
  operation({
    on: 'DELETE /users/:id/authentication-methods/:method',
    scopes: ['delete:authentication_methods'],
    handle: ({ tenant, param }) => {
      const { id } = findMethod(tenant, param('id'), param('method'))
      removeAuthenticators(tenant, findUser(tenant, param('id')), (each) => each.id === id)
    },
  }),
  operation({
    on: 'DELETE /users/:id/authenticators',
    scopes: ['remove:authenticators', 'delete:guardian_enrollments'],
    handle: ({ tenant, param }) => removeAuthenticators(tenant, findUser(tenant, param('id')), () => true),
  }),
  operation({
    on: 'DELETE /users/:id/multifactor/:provider',
    scopes: ['update:users'],
    handle({ tenant, param }) {
      const user = findUser(tenant, param('id'))
      if (!['duo', 'google-authenticator'].includes(param('provider')))
        throw invalidBody(`No enum match for: ${param('provider')}`, 'provider')
      if (param('provider') === 'google-authenticator')
        removeAuthenticators(tenant, user, ({ type }) => type === 'totp')
    },
  }),
  operation({
    on: 'GET /users/:id/enrollments',
    scopes: ['read:users'],
    handle({ tenant, param }) {
      return authenticatorsOf(tenant, findUser(tenant, param('id'))).map(toEnrollment)
    },
  }),
  operation({
    on: 'GET /guardian/enrollments/:id',
    scopes: ['read:guardian_enrollments'],
    handle: ({ tenant, param }) => toEnrollment(enrollment(tenant, param('id')).found),
  }),
  operation({
    on: 'DELETE /guardian/enrollments/:id',
    scopes: ['delete:guardian_enrollments'],
    handle({ tenant, param }) {
      const { user, found } = enrollment(tenant, param('id'))
      removeAuthenticators(tenant, user, ({ id }) => id === found.id)
    },
  }),
]

function enrol(tenant: RunningTenant, body: z.infer<typeof method>): Authenticator {
  const needed = { phone: 'phone_number', email: 'email', totp: 'totp_secret' } as const
  if (!body[needed[body.type]]) throw invalidBody(`Missing required property: ${needed[body.type]}`)
  return newAuthenticator(tenant, { ...omit(body, 'totp_secret'), type: body.type })
}

function findMethod(tenant: RunningTenant, userId: string, id: string): Authenticator {
  const found = authenticatorsOf(tenant, findUser(tenant, userId)).find((each) => each.id === id)
  if (!found) throw notFound('The authentication method does not exist.', 'inexistent_authentication_method')
  return found
}

function enrollment(tenant: RunningTenant, id: string): { user: User; found: Authenticator } {
  for (const user of tenant.directory.users.values()) {
    const found = authenticatorsOf(tenant, user).find((each) => each.id === id)
    if (found) return { user, found }
  }
  throw new ManagementApiError(404, 'The enrollment does not exist.', 'inexistent_enrollment')
}

function toEnrollment({ id, type, name, phone_number, created_at }: Authenticator) {
  return {
    id,
    status: 'confirmed',
    type: type === 'totp' ? 'authenticator' : type,
    auth_method: type === 'totp' ? 'authenticator' : type === 'phone' ? 'sms' : type,
    enrolled_at: created_at,
    name,
    phone_number: phone_number && maskText(phone_number),
  }
}

/** Recorded: with totals the list is called `authenticators`. */
function authenticatorPage(all: Authenticator[], query: Query) {
  const limit = integer(query, 'per_page', 50, 100)
  const start = integer(query, 'page', 0, Number.MAX_SAFE_INTEGER) * limit
  const authenticators = all.slice(start, start + limit)
  if (query.include_totals !== 'true') return authenticators
  return { authenticators, total: all.length, start, limit }
}
