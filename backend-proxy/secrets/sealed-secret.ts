import { CompactEncrypt, compactDecrypt, decodeProtectedHeader } from 'jose'
import { ProxyError } from 'lowgate/contract/proxy-api'
import { proxyError } from '../errors.ts'
import type { Keyring } from './keyring.ts'
import { reveal, Secret } from 'lowgate/contract'

/** Where a secret belongs. It is part of what is authenticated: in any other place the secret does not open. */
export interface SecretContext {
  project: string
  environment: string
  domain: string
  clientId: string
}

const encryption = { alg: 'dir', enc: 'A256GCM' } as const

const toBinding = ({ project, environment, domain, clientId }: SecretContext) =>
  JSON.stringify([project, environment, domain, clientId])

/** Encrypts `secret` for `context` with the current key, as a compact JWE that names its key. */
export async function seal(secret: Secret | string, context: SecretContext, { current }: Keyring) {
  const sealed = await new CompactEncrypt(new TextEncoder().encode(reveal(secret)))
    .setProtectedHeader({ ...encryption, kid: current.id, for: toBinding(context) })
    .encrypt(current.key)
  return { secret: sealed, keyId: current.id }
}

/**
 * The secret that {@link seal} encrypted for the same `context`.
 *
 * @throws `proxy/decrypt-failed` for a changed bit, another place or a key that the keyring does not have.
 */
export async function open(sealed: string, context: SecretContext, keyring: Keyring): Promise<Secret> {
  try {
    const { kid, for: binding } = decodeProtectedHeader(sealed)
    const key = kid === undefined ? undefined : keyring.find(kid)
    if (!key) throw unreadable('The key that this secret is encrypted with is not configured.')
    if (binding !== toBinding(context)) throw unreadable('This secret belongs to another connection.')
    const { plaintext } = await compactDecrypt(sealed, key.key, {
      keyManagementAlgorithms: [encryption.alg],
      contentEncryptionAlgorithms: [encryption.enc],
    })
    return new Secret(new TextDecoder().decode(plaintext))
  } catch (cause) {
    throw cause instanceof ProxyError ? cause : proxyError('proxy/decrypt-failed', { cause })
  }
}

const unreadable = (reason: string) =>
  proxyError('proxy/decrypt-failed', {
    cause: proxyError('proxy/decrypt-failed', { title: reason }),
  })
