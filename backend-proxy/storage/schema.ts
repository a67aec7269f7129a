export interface ConnectionRow {
  project: string
  environment: string
  revision: number
  domain: string
  m2m_client_id: string
  /** A JWE: see `secrets/sealed-secret.ts`. */
  secret: string
  /** The id of the key that `secret` is encrypted with. */
  key_id: string
  client_id: string | null
  audience: string | null
  organization: string | null
  custom_domain: string | null
  /** ISO 8601. */
  updated_at: string
}

export interface Schema {
  connections: ConnectionRow
  settings: { name: string; value: string }
}
