/** Claims that Auth0 keeps for itself and silently drops. @see https://auth0.com/docs/secure/tokens/json-web-tokens/create-custom-claims */
const restricted = new Set(
  (
    'acr act active amr at_hash ath attest aud auth_time authorization_details azp c_hash client_id cnf cty dest ' +
    'entitlements events exp groups gty htm htu iat internalService iss jcard jku jti jwe jwk kid may_act mky nbf ' +
    'nonce object_id org_id org_name orig origid permissions roles rph s_hash scope sid sip_callid sip_cseq_num ' +
    'sip_date sip_from_tag sip_via_branch sub sub_jwk toe txn typ uuid vot vtm x5t#S256'
  ).split(' '),
)
const MAXIMUM_BYTES = 102_400

/** Keeps a custom claim, unless Auth0 would drop it: restricted names, its own namespaces, more than 100 KB in all. */
export function setClaim(claims: Record<string, unknown>, name: string, value: unknown): void {
  if (restricted.has(name) || isReservedNamespace(name)) return
  const plain = value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown)
  const size = Buffer.byteLength(JSON.stringify({ ...claims, [name]: plain }))
  if (size <= MAXIMUM_BYTES) claims[name] = plain
}

/** Whether a claim has a namespace of its own, without which Auth0's own APIs take none. */
export function isNamespaced(name: string): boolean {
  return /^(https?:\/\/|urn:)/i.test(name)
}

function isReservedNamespace(name: string): boolean {
  if (/^urn:auth0/i.test(name)) return true
  if (!/^https?:/i.test(name) || !URL.canParse(name)) return false
  return /(^|\.)(auth0\.com|webtask\.io|webtask\.run)$/.test(new URL(name).hostname)
}
