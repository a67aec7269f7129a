import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { z } from 'zod'
import { environments, type Environment } from 'lowgate/contract'
import {
  editorTokenPrefix,
  editorTokenShape,
  hasRole,
  tokenView,
  type ProjectRole,
  type tokenInput,
} from 'lowgate/contract/proxy-api'
import { proxyError } from '../errors.ts'
import type { EditorTokenStore } from '../storage/editor-tokens.ts'
import type { EditorTokenRow } from '../storage/schema.ts'
import { hash } from './operator-token.ts'

export type EditorToken = z.output<typeof tokenView> & { project: string }

/** Who asks: the operator, who may do everything everywhere, or the holder of an editor token. */
export type Caller = 'operator' | EditorToken

/** @throws `proxy/not-permitted` when a caller asks of another project than the token's */
export function requireProject(caller: Caller, project: string | undefined): void {
  if (caller === 'operator' || caller.project === project) return
  throw proxyError('proxy/not-permitted', { title: 'Your token is for another project.' })
}

/** @throws `proxy/not-permitted` when the caller's role is too low */
export function requireRole(caller: Caller, role: ProjectRole): void {
  if (caller === 'operator' || hasRole(caller.role, role)) return
  const title = `Your token’s role, ${caller.role}, does not allow this: it needs the role ${role}.`
  throw proxyError('proxy/not-permitted', { title })
}

/** @throws `proxy/not-permitted` when the caller's token does not reach `environment` */
export function requireEnvironment(caller: Caller, environment: Environment): void {
  if (environmentsOf(caller).includes(environment)) return
  throw proxyError('proxy/not-permitted', { title: `Your token does not reach ${environment}.` })
}

/** The environments that a caller reaches. */
export const environmentsOf = (caller: Caller): readonly Environment[] =>
  caller === 'operator' ? environments : caller.environments

const minute = 60_000
const day = 24 * 60 * minute

/** What the list shows of a row; `undefined` for one that somebody changed by hand to something impossible. */
function toToken({ project, ...row }: EditorTokenRow): EditorToken | undefined {
  const { data } = tokenView.safeParse({
    ...row,
    environments: row.environments.split(','),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at ?? undefined,
    revokedAt: row.revoked_at ?? undefined,
  })
  return data && { ...data, project }
}

const momentAt = (time: number) => new Date(time).toISOString()

/** Issues, checks and revokes the tokens that editors in a browser call the proxy with. */
export function createEditorTokens(store: EditorTokenStore) {
  return {
    async list(project: string): Promise<EditorToken[]> {
      return (await store.list(project)).flatMap((row) => toToken(row) ?? [])
    },

    /**
     * @returns whether there is such a token in this project
     * @throws `proxy/not-permitted` for one that reaches an environment which `caller` does not
     */
    async revoke(caller: Caller, project: string, id: string): Promise<boolean> {
      const row = await store.find(id)
      const token = row?.project === project ? toToken(row) : undefined
      for (const environment of token?.environments ?? []) requireEnvironment(caller, environment)
      return store.revoke(project, id, momentAt(Date.now()))
    },

    /**
     * A new token for `project`. An owner's token issues none for owners, none for an environment that it does not reach,
     * and none that outlives it.
     *
     * @throws `proxy/not-permitted`
     */
    async issue(issuer: Caller, project: string, wish: z.output<typeof tokenInput>, signal: AbortSignal) {
      if (issuer !== 'operator' && wish.role === 'owner')
        throw proxyError('proxy/not-permitted', {
          title: 'Only the operator token issues tokens for owners.',
        })
      const reached = new Set(wish.environments ?? environmentsOf(issuer))
      for (const environment of reached) requireEnvironment(issuer, environment)
      const now = Date.now()
      const wished = momentAt(now + wish.hours * 60 * minute)
      const id = randomBytes(8).toString('hex')
      const text = `${editorTokenPrefix}${id}_${randomBytes(32).toString('base64url')}`
      const token: EditorToken = {
        id,
        project,
        label: wish.label,
        role: wish.role,
        environments: [...reached],
        createdAt: momentAt(now),
        expiresAt: issuer !== 'operator' && issuer.expiresAt < wished ? issuer.expiresAt : wished,
      }
      signal.throwIfAborted()
      await store.forget(momentAt(now - 30 * day))
      await store.add({
        id,
        project,
        label: token.label,
        role: token.role,
        environments: token.environments.join(','),
        hash: hash(text).toString('base64'),
        issued_by: issuer === 'operator' ? null : issuer.id,
        created_at: token.createdAt,
        expires_at: token.expiresAt,
        last_used_at: null,
        revoked_at: null,
      })
      return { ...token, token: text }
    },

    /**
     * The token that `text` is; `undefined` when it was never issued.
     *
     * @throws `proxy/token-expired` or `proxy/token-revoked` to whoever has all of it
     */
    async find(text: string): Promise<EditorToken | undefined> {
      const id = editorTokenShape.exec(text)?.[1]
      const row = id && (await store.find(id))
      if (!row) return undefined
      const expected = Buffer.from(row.hash, 'base64')
      const given = hash(text)
      if (expected.length !== given.length || !timingSafeEqual(expected, given)) return undefined
      const token = toToken(row)
      if (!token) return undefined
      if (token.revokedAt) throw proxyError('proxy/token-revoked')
      const now = Date.now()
      if (token.expiresAt <= momentAt(now)) throw proxyError('proxy/token-expired')
      // To the minute: a write for every request would cost more. Where none is possible, reading still is.
      if (!token.lastUsedAt || token.lastUsedAt < momentAt(now - minute))
        await store.setLastUse(token.id, momentAt(now)).catch(() => undefined)
      return token
    },
  }
}

export type EditorTokens = ReturnType<typeof createEditorTokens>
