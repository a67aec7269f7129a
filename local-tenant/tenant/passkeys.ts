import { newId } from './directory.ts'
import type { User } from './seeds/schema.ts'
import type { Clock } from './clock.ts'

/** A passkey of a user, with what is needed to check its signatures. */
export interface Passkey {
  id: string
  type: 'passkey'
  created_at: string
  last_auth_at?: string
  /** What the authenticator calls it. */
  key_id: string
  /** COSE, in base64url. */
  public_key: string
  counter: number
  user_handle: string
  credential_device_type: string
  credential_backed_up: boolean
  transports?: string[]
  aaguid: string
  relying_party_id: string
}

export function passkeysOf(user: User): Passkey[] {
  return (user.passkeys ?? []) as Passkey[]
}

export function addPasskey(
  clock: Clock,
  user: User,
  passkey: Omit<Passkey, 'id' | 'type' | 'created_at'>,
): Passkey {
  const added = {
    id: `passkey|${newId('dev_')}`,
    type: 'passkey' as const,
    created_at: clock.iso(),
    ...passkey,
  }
  user.passkeys = [...passkeysOf(user), added]
  return added
}

export function removePasskey(user: User, id: string): boolean {
  const kept = passkeysOf(user).filter((each) => each.id !== id)
  const found = kept.length < passkeysOf(user).length
  user.passkeys = kept
  return found
}
