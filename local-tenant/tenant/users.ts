import { randomBytes } from 'node:crypto'
import type { Connection, User } from './seeds/schema.ts'
import { isDatabase } from './connections.ts'
import type { Directory } from './directory.ts'

/** As in the pages' texts. */
export const MINIMUM_PASSWORD_LENGTH = 8

/** The name of the connection a user belongs to. */
export function connectionNameOf({ connections }: Directory, user: User): string {
  return user.connection ?? [...connections.values()].find(isDatabase)?.name ?? ''
}

export function findUser(directory: Directory, connection: Connection, email: string): User | undefined {
  return directory.users
    .allNamed(email.trim().toLowerCase())
    .find((user) => connectionNameOf(directory, user) === connection.name)
}

export function usersOf(directory: Directory, connection: Connection): User[] {
  return [...directory.users.values()].filter((user) => connectionNameOf(directory, user) === connection.name)
}

/** Adds a user with what a sign-up, or the first login through an identity provider, tells. */
export function addUser(
  directory: Directory,
  connection: Connection,
  profile: Partial<User> & { email: string },
  id = randomBytes(12).toString('hex'),
): User {
  const nickname = profile.email.split('@')[0] ?? profile.email
  const user: User = {
    email_verified: !isDatabase(connection),
    name: profile.email,
    nickname,
    updated_at: new Date().toISOString(),
    ...profile,
    user_id: userIdIn(connection, id),
    connection: connection.name,
  }
  directory.users.set(user.user_id, user)
  return user
}

/** The id of a user by what the connection itself calls the user. */
export function userIdIn(connection: Connection, id: string): string {
  const owner = isDatabase(connection) ? 'auth0' : connection.strategy
  return owner === connection.name || owner === 'auth0'
    ? `${owner}|${id}`
    : `${owner}|${connection.name}|${id}`
}

/** What a user without a name is called: the e-mail address, the username, or the phone number. */
export function labelOf({ email, username, phone_number, user_id }: User): string {
  return (
    ([email, username, phone_number].find((each) => typeof each === 'string' && each !== '') as string) ??
    user_id
  )
}
