import type { Connection, User } from './seeds/schema.ts'
import type { Directory } from './directory.ts'
import { isDatabase } from './connections.ts'
import { connectionNameOf } from './users.ts'

/** One way a user logs in. The first of a user's is the primary one. */
export interface Identity {
  connection: string
  provider: string
  /** Without the provider: the `123` of `auth0|123`. */
  user_id: string
  isSocial: boolean
  /** What a secondary identity knows of the user. */
  profileData?: Record<string, unknown> | undefined
  /** Of a linked database user. Never shown. */
  password?: string | undefined
}

const enterprise = [
  'ad',
  'adfs',
  'auth0-adldap',
  'google-apps',
  'oidc',
  'okta',
  'pingfederate',
  'samlp',
  'waad',
]

export function isSocial({ strategy }: Connection): boolean {
  return !['auth0', 'email', 'sms', ...enterprise].includes(strategy)
}

/** Every identity, the primary one first. */
export function identitiesOf(directory: Directory, user: User): Identity[] {
  const linked = (user.identities ?? []) as Identity[]
  return linked.length > 0 ? linked : [primaryIdentity(directory, user)]
}

function primaryIdentity(directory: Directory, user: User): Identity {
  const name = connectionNameOf(directory, user)
  const connection = directory.connections.named(name)
  const [provider = '', ...rest] = user.user_id.split('|')
  return {
    connection: name,
    user_id: rest.join('|'),
    provider,
    isSocial: connection !== undefined && isSocial(connection),
  }
}

/** The user a linked identity of a database leads to, by that identity's e-mail address. */
export function findLinked(
  directory: Directory,
  connection: Connection,
  email: string,
): { user: User; identity: Identity } | undefined {
  if (!isDatabase(connection)) return undefined
  const wanted = email.trim().toLowerCase()
  for (const user of directory.users.values()) {
    const [, ...secondary] = (user.identities ?? []) as Identity[]
    const identity = secondary.find(
      ({ connection: name, profileData }) =>
        name === connection.name && String(profileData?.email).toLowerCase() === wanted,
    )
    if (identity) return { user, identity }
  }
  return undefined
}
