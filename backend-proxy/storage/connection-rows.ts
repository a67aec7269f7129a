import type { z } from 'zod'
import { connectionView, type connectionInput, type ConnectionView } from 'lowgate/contract/proxy-api'
import type { ConnectionRow } from './schema.ts'

type SavedInput = z.output<typeof connectionInput>

/** A saved connection without its secret. */
export function toView(row: ConnectionRow): ConnectionView {
  const { environment, domain, m2m_client_id, client_id, audience, organization, custom_domain } = row
  return {
    environment: environment as ConnectionView['environment'],
    domain,
    m2mClientId: m2m_client_id,
    hasSecret: true,
    clientId: client_id ?? undefined,
    audience: audience ?? undefined,
    organization: organization ?? undefined,
    customDomain: custom_domain ?? undefined,
    revision: row.revision,
    updatedAt: row.updated_at,
  }
}

/** The values that keep a row, changed by hand, from being a connection; empty for every row that the proxy wrote. */
export function impossibleValues(row: ConnectionRow): string[] {
  const { error } = connectionView.safeParse(toView(row))
  return [...new Set(error?.issues.map(({ path }) => path.join('.')))]
}

export const toChoiceColumns = ({ clientId, audience, organization, customDomain }: SavedInput) => ({
  client_id: clientId ?? null,
  audience: audience ?? null,
  organization: organization ?? null,
  custom_domain: customDomain ?? null,
})
