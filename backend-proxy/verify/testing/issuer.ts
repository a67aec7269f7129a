import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  SignJWT,
  type CryptoKey,
  type JWTHeaderParameters,
  type JWTPayload,
} from 'jose'
import { sha256 } from '../hash.ts'

export const audience = 'https://api.acme.example'
export const rolesClaim = 'https://acme.example/roles'

/** A tenant that only publishes keys; tests sign with them, and with others. */
export async function startIssuer() {
  const keys = new Map<string, { key: CryptoKey; jwk: object }>()
  let requests = 0
  let status = 200
  const server = createServer((_, response) => {
    requests += 1
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ keys: [...keys.values()].map(({ jwk }) => jwk) }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const domain = `127.0.0.1:${String((server.address() as AddressInfo).port)}`

  async function addKey(kid: string) {
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
    keys.set(kid, {
      key: privateKey,
      jwk: { ...(await exportJWK(publicKey)), kid, use: 'sig', alg: 'RS256' },
    })
  }
  await addKey('first')

  const validClaims = (): JWTPayload => {
    const now = Math.floor(Date.now() / 1000)
    const times = { iat: now, exp: now + 3600 }
    return { iss: `http://${domain}/`, sub: 'auth0|ada', aud: audience, azp: 'client', ...times }
  }
  return {
    domain,
    addKey,
    withdrawKey: (kid: string) => keys.delete(kid),
    publicJwk: (kid: string) => keys.get(kid)?.jwk ?? {},
    /** Requests since the last call. */
    countRequests() {
      const counted = requests
      requests = 0
      return counted
    },
    answerWith: (code: number) => (status = code),
    validClaims,
    /** `undefined` takes a claim or a header out. */
    sign: (
      claims: JWTPayload = {},
      { header = {}, key }: { header?: Partial<JWTHeaderParameters>; key?: CryptoKey | Uint8Array } = {},
    ) => {
      const all = { alg: 'RS256', typ: 'JWT', kid: 'first', ...header }
      const own = keys.get(all.kid)?.key
      return new SignJWT({ ...validClaims(), ...claims })
        .setProtectedHeader(all)
        .sign(key ?? own ?? new Uint8Array())
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

export type Issuer = Awaited<ReturnType<typeof startIssuer>>

/** A key as a browser has it, with proofs made by it. */
export async function createProver() {
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  const jwk = await exportJWK(publicKey)
  return {
    jkt: await calculateJwkThumbprint(jwk),
    async prove(
      token: string,
      claims: Record<string, unknown>,
      { iat = Date.now() / 1000, typ = 'dpop+jwt' } = {},
    ) {
      const all = { ath: await sha256(token), jti: crypto.randomUUID(), iat: Math.floor(iat), ...claims }
      return new SignJWT(all).setProtectedHeader({ alg: 'ES256', typ, jwk }).sign(privateKey)
    },
  }
}
