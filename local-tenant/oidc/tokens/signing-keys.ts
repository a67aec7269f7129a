import { randomUUID } from 'node:crypto'
import {
  exportJWK,
  generateKeyPair,
  jwtVerify,
  SignJWT,
  type CryptoKey,
  type JWK,
  type JWTPayload,
} from 'jose'

interface SigningKey {
  kid: string
  privateKey: CryptoKey
  publicKey: CryptoKey
  publicJwk: JWK
}

/** The tenant's RS256 keys: the current one signs, and like Auth0 the tenant shows the next one early. */
export interface SigningKeys {
  /** The published keys: current, next, then previous ones. */
  jwks(): { keys: JWK[] }
  sign(payload: JWTPayload): Promise<string>
  /** The payload of a token signed by a published key. Times are not looked at. @throws when it is not */
  verify(token: string): Promise<JWTPayload>
  /** The next key signs from now on; the one before it goes on verifying. */
  rotate(): Promise<void>
  /** Takes every previous key out of the set, so that what they signed is no longer accepted. */
  withdraw(): void
}

export async function createSigningKeys(): Promise<SigningKeys> {
  let [current, next] = await Promise.all([createKey(), createKey()])
  let previous: SigningKey[] = []
  const published = () => [current, next, ...previous]

  return {
    jwks: () => ({ keys: published().map((key) => key.publicJwk) }),
    sign: (payload) =>
      new SignJWT(payload)
        .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: current.kid })
        .sign(current.privateKey),
    async verify(token) {
      const { payload } = await jwtVerify(token, ({ kid }) => findPublicKey(published(), kid), {
        algorithms: ['RS256'],
        currentDate: new Date(0),
      })
      return payload
    },
    async rotate() {
      previous = [current, ...previous]
      current = next
      next = await createKey()
    },
    withdraw() {
      previous = []
    },
  }
}

function findPublicKey(keys: SigningKey[], kid: string | undefined): CryptoKey {
  const key = keys.find((candidate) => candidate.kid === kid)
  if (!key) throw new Error(`No published key has the kid "${kid}".`)
  return key.publicKey
}

async function createKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('RS256')
  const kid = randomUUID().replaceAll('-', '').slice(0, 21)
  const publicJwk = { ...(await exportJWK(publicKey)), use: 'sig', alg: 'RS256', kid }
  return { kid, privateKey, publicKey, publicJwk }
}
