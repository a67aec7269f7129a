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

export interface EditorTokenRow {
  id: string
  project: string
  label: string
  role: string
  /** Their names, separated by commas. */
  environments: string
  /** SHA-256 of the token, in base64. */
  hash: string
  /** The id of the token that issued it; null for the operator. */
  issued_by: string | null
  /** ISO 8601 in UTC, as all moments here: they compare as texts. */
  created_at: string
  expires_at: string
  last_used_at: string | null
  revoked_at: string | null
}

export interface Schema {
  connections: ConnectionRow
  editor_tokens: EditorTokenRow
  settings: { name: string; value: string }
}
