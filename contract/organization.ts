/**
 * How Auth0 reads an organization that a person typed: its id unchanged, its name in lower case, which is how Auth0 keeps
 * names. Every comparison and every request uses this.
 *
 * @example
 * toOrganization(' Acme-South ') // 'acme-south'
 * toOrganization('org_Xy12') // 'org_Xy12'
 * @see https://auth0.com/docs/manage-users/organizations/configure-organizations/create-organizations
 */
export function toOrganization(typed: string): string {
  const trimmed = typed.trim()
  return trimmed.startsWith('org_') ? trimmed : trimmed.toLowerCase()
}

/** Whether `wanted`, an id or a name in any case, is the organization that a token names. */
export function isOrganization(
  wanted: string,
  actual: { id?: unknown; name?: unknown } | undefined,
): boolean {
  const organization = toOrganization(wanted)
  if (organization === actual?.id) return true
  return typeof actual?.name === 'string' && organization === toOrganization(actual.name)
}
