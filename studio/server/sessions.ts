import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Context } from 'hono'
import { setCookie } from 'hono/cookie'

/** Seconds: 30 days. */
const lifetime = 30 * 24 * 60 * 60

/** The key in `dataDir` that sessions are signed with; made at the first start, for this user's eyes only. */
function signingKey(dataDir: string): Buffer {
  const file = join(dataDir, 'session.key')
  try {
    writeFileSync(file, randomBytes(32), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  return readFileSync(file)
}

export interface SessionOptions {
  dataDir: string
  password?: string | undefined
  publicUrl?: string | undefined
}

export interface Sessions {
  /** Lets this browser in for 30 days. */
  open(context: Context): void
  isOpen(context: Context): boolean
}

/**
 * Sessions are cookies that the studio signed: they outlive a restart, and end when the file `session.key` in
 * `dataDir` is deleted or the password changes.
 */
export function createSessions({ dataDir, password = '', publicUrl }: SessionOptions): Sessions {
  const key = createHash('sha256').update(signingKey(dataDir)).update(password).digest()
  const secure = publicUrl?.startsWith('https:') ?? false
  // Cookies do not tell ports apart: the name does, so that several studios on one machine keep their sessions.
  const nameFor = (context: Context) =>
    secure ? '__Host-lowgate-studio' : `lowgate-studio-${context.req.header('host')?.split(':').at(-1)}`
  const sign = (name: string, until: number) => {
    const signature = createHmac('sha256', key).update(`${name} ${until}`).digest('base64url')
    return Buffer.from(`${until}.${signature}`)
  }
  return {
    open(context) {
      const name = nameFor(context)
      setCookie(context, name, sign(name, Date.now() + lifetime * 1000).toString(), {
        path: '/',
        httpOnly: true,
        sameSite: 'Strict',
        secure,
        maxAge: lifetime,
      })
    },
    isOpen(context) {
      const name = nameFor(context)
      // A page on another port of this host can plant a cookie of the same name: it must not hide the true one.
      return (context.req.header('cookie') ?? '')
        .split('; ')
        .filter((cookie) => cookie.startsWith(`${name}=`))
        .some((cookie) => {
          const given = Buffer.from(cookie.slice(name.length + 1))
          const until = Number.parseInt(given.toString(), 10)
          const expected = sign(name, until)
          return until > Date.now() && given.length === expected.length && timingSafeEqual(given, expected)
        })
    },
  }
}
