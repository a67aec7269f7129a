import { base64url } from 'jose'

const { process } = globalThis as { process?: Partial<NodeJS.Process> }

/** Node's own hash takes a microsecond; the one that every runtime has is many times slower. */
const quick = process?.getBuiltinModule?.('node:crypto').hash

/** SHA-256 in base64url. */
export const sha256: (text: string) => string | Promise<string> = quick
  ? (text) => quick('sha256', text, 'base64url')
  : async (text) => {
      const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
      return base64url.encode(new Uint8Array(digest))
    }
