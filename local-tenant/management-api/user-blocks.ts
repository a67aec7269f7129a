import type { User } from '../tenant/seeds/schema.ts'
import { invalidQuery } from './errors.ts'
import { findUser } from './find.ts'
import { operation, type Operation } from './operation.ts'

/** Brute-force protection; an administrator's block is the user's own `blocked`. */
export const userBlockOperations: Operation[] = [
  operation({
    on: 'GET /user-blocks/:id',
    scopes: ['read:users'],
    handle: ({ tenant, param }) => ({
      blocked_for: tenant.bruteForce.blocks(identifiersOf(findUser(tenant, param('id')))),
    }),
  }),
  operation({
    on: 'DELETE /user-blocks/:id',
    scopes: ['update:users'],
    handle: ({ tenant, param }) => tenant.bruteForce.unblock(identifiersOf(findUser(tenant, param('id')))),
  }),
  operation({
    on: 'GET /user-blocks',
    scopes: ['read:users'],
    handle: ({ tenant, query }) => ({
      blocked_for: tenant.bruteForce.blocks([identifier(query.identifier)]),
    }),
  }),
  operation({
    on: 'DELETE /user-blocks',
    scopes: ['update:users'],
    handle: ({ tenant, query }) => tenant.bruteForce.unblock([identifier(query.identifier)]),
  }),
]

function identifiersOf({ email, username, phone_number }: User): string[] {
  return [email, username, phone_number].flatMap((value) =>
    typeof value === 'string' ? [value.toLowerCase()] : [],
  )
}

function identifier(value: string | undefined): string {
  if (!value) throw invalidQuery('Missing required property: identifier')
  return value.toLowerCase()
}
