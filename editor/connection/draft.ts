import { connectionFields, isLoopback, tidyDomain, toDomain } from 'lowgate/contract'
import type { ConnectionInput, ConnectionView, Credentials } from 'lowgate/contract/proxy-api'

export type ConnectionField = keyof typeof connectionFields

/** What is typed into the form of one environment. */
export type ConnectionDraft = Record<ConnectionField, string | undefined>

export const credentialFields = ['domain', 'm2mClientId', 'm2mClientSecret'] as const

export const connectionFieldNames = Object.keys(connectionFields) as ConnectionField[]

/** The form before anything is typed: the saved values, and never a secret. */
export const toDraft = (saved: ConnectionView | undefined): ConnectionDraft => ({
  domain: saved?.domain,
  m2mClientId: saved?.m2mClientId,
  m2mClientSecret: undefined,
  clientId: saved?.clientId,
  audience: saved?.audience,
  organization: saved?.organization,
  customDomain: saved?.customDomain,
})

export const isChanged = (draft: ConnectionDraft, saved: ConnectionView | undefined): boolean => {
  const before = toDraft(saved)
  return connectionFieldNames.some((name) => (draft[name] ?? '') !== (before[name] ?? ''))
}

/** What the draft says about reaching the tenant: the saved credentials, those typed, or not enough yet. */
export type DraftAccess =
  { kind: 'saved' } | { kind: 'typed'; credentials: Credentials } | { kind: 'incomplete' }

export function toAccess(draft: ConnectionDraft, saved: ConnectionView | undefined): DraftAccess {
  const domain = tidyDomain(draft.domain ?? '')
  const { m2mClientId, m2mClientSecret } = draft
  const isSame = saved && saved.domain === domain && saved.m2mClientId === m2mClientId
  if (isSame && !m2mClientSecret) return { kind: 'saved' }
  if ((toDomain(domain) || isLoopback(domain)) && m2mClientId && m2mClientSecret)
    return { kind: 'typed', credentials: { domain, m2mClientId, m2mClientSecret } }
  return { kind: 'incomplete' }
}

/** The body that saves a draft over the version it started from. */
export const toInput = (draft: ConnectionDraft, saved: ConnectionView | undefined): ConnectionInput => ({
  ...draft,
  domain: tidyDomain(draft.domain ?? ''),
  m2mClientId: draft.m2mClientId ?? '',
  revision: saved?.revision ?? 0,
})
