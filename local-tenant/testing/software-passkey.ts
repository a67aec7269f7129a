import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

interface Options {
  challenge: string
  rp?: { id: string }
  rpId?: string
  user?: { id: string }
}

const base64url = (bytes: Buffer) => bytes.toString('base64url')
const sha256 = (data: Buffer | string) => createHash('sha256').update(data).digest()

/** The little of CBOR that a passkey needs: numbers, texts, bytes and maps. */
function cbor(value: number | string | Buffer | Map<number | string, unknown>): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value)
  if (typeof value === 'string') return Buffer.concat([head(3, value.length), Buffer.from(value)])
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value])
  const entries = [...value].flatMap(([key, item]) => [cbor(key), cbor(item as number)])
  return Buffer.concat([head(5, value.size), ...entries])
}

function head(kind: number, size: number): Buffer {
  if (size < 24) return Buffer.from([(kind << 5) | size])
  return size < 256
    ? Buffer.from([(kind << 5) | 24, size])
    : Buffer.from([(kind << 5) | 25, size >> 8, size & 255])
}

/** An authenticator with one ES256 passkey, which answers as a browser at `origin` would send it. */
export function createSoftwarePasskey(origin: string) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = randomBytes(16)
  const aaguid = Buffer.alloc(16)
  let counter = 0

  const clientData = (type: string, challenge: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  function authenticatorData(rpId: string, flags: number): Buffer {
    counter += 1
    return Buffer.concat([sha256(rpId), Buffer.from([flags, 0, 0, 0, counter])])
  }
  const answer = (response: object) => ({
    ...{ id: base64url(id), rawId: base64url(id), type: 'public-key', clientExtensionResults: {} },
    response,
  })

  return {
    create({ challenge, rp }: Options) {
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
      const [X, Y] = [Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]
      const key = new Map<number, unknown>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, X],
        [-3, Y],
      ])
      const credential = Buffer.concat([aaguid, Buffer.from([0, id.length]), id, cbor(key)])
      const authData = Buffer.concat([authenticatorData(rp?.id ?? '', 0x45), credential])
      const none = new Map<string, unknown>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', authData],
      ])
      return answer({
        clientDataJSON: base64url(clientData('webauthn.create', challenge)),
        attestationObject: base64url(cbor(none)),
      })
    },
    get({ challenge, rpId }: Options) {
      const data = clientData('webauthn.get', challenge)
      const authData = authenticatorData(rpId ?? '', 0x05)
      const signature = sign('sha256', Buffer.concat([authData, sha256(data)]), privateKey)
      return answer({
        ...{ clientDataJSON: base64url(data), authenticatorData: base64url(authData) },
        signature: base64url(signature),
      })
    },
  }
}
