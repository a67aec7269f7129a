import type { Tenant } from '../../tenant/tenant.ts'

/** `org_id`, and `org_name` in lower case where the tenant lets names be used. */
export function organizationClaims(tenant: Tenant, organizationId = ''): Record<string, string> {
  const organization = tenant.directory.organizations.get(organizationId)
  if (!organization) return {}
  const named = tenant.directory.settings.allow_organization_name_in_authentication_api
  return { org_id: organization.id, ...(named && { org_name: organization.name.toLowerCase() }) }
}
