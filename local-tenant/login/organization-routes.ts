import { Hono } from 'hono'
import { findOrganization, organizationsOf } from '../tenant/organizations.ts'
import { organizationPage, organizationPicker } from './pages/organization-pages.ts'
import type { RunningTenant } from '../tenant/tenant.ts'
import { formFields } from './form-fields.ts'
import { finish, withPending, type PendingLogin } from './flow.ts'

/** The two ways an application that requires an organization asks for one. */
export function organizationRoutes(tenant: RunningTenant): Hono {
  const app = new Hono()
  const page = ({ state, client }: PendingLogin) => ({ state, applicationName: client.name })
  const memberships = ({ interaction }: PendingLogin) => {
    const user = tenant.directory.users.get(interaction.session?.accountId ?? '')
    return user ? organizationsOf(tenant.directory, user) : []
  }

  app.get(
    '/u/organization',
    withPending(tenant, (c, pending) => c.html(organizationPage(tenant, page(pending)))),
  )
  app.post(
    '/u/organization',
    withPending(tenant, async (c, pending) => {
      const name = (await formFields(c)).organizationName?.trim() ?? ''
      const named = { ...tenant.directory.settings, allow_organization_name_in_authentication_api: true }
      const organization = findOrganization({ ...tenant.directory, settings: named }, name.toLowerCase())
      if (organization) return finish(c, pending, { organization: { id: organization.id } })
      const error = name ? 'No organization has this name.' : 'Enter the name of your organization.'
      return c.html(organizationPage(tenant, { ...page(pending), name, error }), 400)
    }),
  )

  app.get(
    '/u/organization-picker',
    withPending(tenant, (c, pending) =>
      c.html(organizationPicker(tenant, { ...page(pending), organizations: memberships(pending) })),
    ),
  )
  app.post(
    '/u/organization-picker',
    withPending(tenant, async (c, pending) => {
      const { organization: id = '' } = await formFields(c)
      const organizations = memberships(pending)
      if (organizations.some((organization) => organization.id === id))
        return finish(c, pending, { organization: { id } })
      return c.html(organizationPicker(tenant, { ...page(pending), organizations }), 400)
    }),
  )
  return app
}
