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
  return isOrganizationId(trimmed) ? trimmed : trimmed.toLowerCase()
}

export const isOrganizationId = (organization: string): boolean => organization.startsWith('org_')

/**
 * Whether a text can name an organization: by an id, or by a name, which Auth0 keeps to small letters, digits, `-` and `_`.
 * What people see, such as “Acme North”, is its display name, which Auth0 takes nowhere.
 */
export const canBeOrganization = (typed: string): boolean =>
  /^org_\w+$|^[a-z0-9][a-z0-9_-]*$/.test(toOrganization(typed))

/**
 * The name that an organization with this display name probably has.
 *
 * @example
 * suggestOrganizationName('Acme North') // 'acme-north'
 */
export const suggestOrganizationName = (displayName: string): string =>
  displayName
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '-')
    .replace(/^[-_]+|-+$/g, '')

/** Whether `wanted`, an id or a name in any case, is the organization that a token names. */
export function isOrganization(
  wanted: string,
  actual: { id?: unknown; name?: unknown } | undefined,
): boolean {
  const organization = toOrganization(wanted)
  if (organization === actual?.id) return true
  return typeof actual?.name === 'string' && organization === toOrganization(actual.name)
}
