import { randomBytes } from 'node:crypto'
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { addPasskey, type Passkey } from '../../tenant/passkeys.ts'
import type { Client, User } from '../../tenant/seeds/schema.ts'
import type { Tenant } from '../../tenant/tenant.ts'
import { isCorsOrigin } from '../callback-urls.ts'

/** Loaded when the first passkey is asked for: the tenant starts without it. */
const webauthn = () => import('@simplewebauthn/server')
/** EdDSA, ES256 and RS256, as Auth0 offers them. */
const ALGORITHMS = [-8, -7, -257]
const TIMEOUT = 60_000

/** What a browser needs to make a passkey, in Auth0's selection of the fields. */
export async function creationOptions(
  tenant: Tenant,
  { name, displayName }: { name: string; displayName: string },
) {
  const rpID = relyingParty(tenant)
  const { challenge, timeout, rp, user, pubKeyCredParams } = await (
    await webauthn()
  ).generateRegistrationOptions({
    ...{ rpID, rpName: rpID, userName: name, userDisplayName: displayName, timeout: TIMEOUT },
    ...{ userID: new Uint8Array(randomBytes(32)), supportedAlgorithmIDs: ALGORITHMS },
  })
  const authenticatorSelection = { residentKey: 'required', userVerification: 'preferred' } as const
  return { challenge, timeout, rp, user, pubKeyCredParams, authenticatorSelection }
}

/** What a browser needs to show a passkey. */
export async function requestOptions(tenant: Tenant) {
  const rpID = relyingParty(tenant)
  const options = await (
    await webauthn()
  ).generateAuthenticationOptions({
    rpID,
    timeout: TIMEOUT,
    userVerification: 'preferred',
  })
  const { challenge, timeout, rpId, userVerification } = options
  return { challenge, timeout, rpId, userVerification }
}

/** Keeps the passkey that a browser made. @throws when the answer does not fit */
export async function keepPasskey(
  tenant: Tenant,
  about: { client: Client; user: User; challenge: string; userHandle: string },
  answer: unknown,
): Promise<Passkey> {
  const response = answer as RegistrationResponseJSON
  const relying_party_id = relyingParty(tenant)
  const { registrationInfo: made } = await (
    await webauthn()
  ).verifyRegistrationResponse({
    ...{ response, expectedChallenge: about.challenge, expectedRPID: relying_party_id },
    expectedOrigin: originOf(tenant, about.client, response.response.clientDataJSON),
    ...{ requireUserVerification: false, supportedAlgorithmIDs: ALGORITHMS },
  })
  if (!made) throw new Error('The passkey does not fit.')
  const { credential, credentialDeviceType, credentialBackedUp, aaguid } = made
  return addPasskey(tenant.clock, about.user, {
    ...{ key_id: credential.id, counter: credential.counter, user_handle: about.userHandle },
    public_key: Buffer.from(credential.publicKey).toString('base64url'),
    credential_device_type: credentialDeviceType === 'singleDevice' ? 'single_device' : 'multi_device',
    ...{ credential_backed_up: credentialBackedUp, aaguid, relying_party_id },
    ...(credential.transports && { transports: credential.transports }),
  })
}

/** Checks the signature of a passkey and counts its use. @throws when it does not fit */
export async function checkPasskey(
  tenant: Tenant,
  { client, passkey, challenge }: { client: Client; passkey: Passkey; challenge: string },
  answer: unknown,
): Promise<void> {
  const response = answer as AuthenticationResponseJSON
  const { verified, authenticationInfo } = await (
    await webauthn()
  ).verifyAuthenticationResponse({
    ...{ response, expectedChallenge: challenge, expectedRPID: relyingParty(tenant) },
    expectedOrigin: originOf(tenant, client, response.response.clientDataJSON),
    credential: {
      id: passkey.key_id,
      publicKey: new Uint8Array(Buffer.from(passkey.public_key, 'base64url')),
      counter: passkey.counter,
    },
    requireUserVerification: false,
  })
  if (!verified) throw new Error('The signature does not fit.')
  passkey.counter = authenticationInfo.newCounter
  passkey.last_auth_at = tenant.clock.iso()
}

/** The name that passkeys are bound to. */
function relyingParty({ origin }: Tenant): string {
  return new URL(origin).hostname
}

/** Where the browser was, if a page of the tenant or of the application. @throws for any other */
function originOf(tenant: Tenant, client: Client, clientData: string): string {
  const { origin = '' } = JSON.parse(Buffer.from(clientData, 'base64url').toString()) as { origin?: string }
  if (origin === tenant.origin || isCorsOrigin(origin, client)) return origin
  throw new Error(`The origin "${origin}" does not belong to the application.`)
}
