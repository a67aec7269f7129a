import { html } from 'hono/html'
import type { Organization } from '../../tenant/seeds/schema.ts'
import type { Tenant } from '../../tenant/tenant.ts'
import { field } from './fields.ts'
import { initial, layout, type Html } from './layout.ts'

export interface OrganizationPage {
  state: string
  applicationName: string
  name?: string
  error?: string
}

/** Asks for the organization's name before the login. */
export function organizationPage(
  tenant: Tenant,
  { state, applicationName, name = '', error }: OrganizationPage,
): Html {
  return layout(tenant, {
    title: 'Enter your organization',
    lede: `${applicationName} needs to know where you belong.`,
    content: html`<form method="post" action="/u/organization?state=${state}" novalidate>
      ${field({
        name: 'organizationName',
        label: 'Organization name',
        value: name,
        autocomplete: 'organization',
        autofocus: true,
        error,
        hint: 'The short name, such as acme-north.',
      })}
      <button class="button primary" type="submit">Continue</button>
    </form>`,
  })
}

/** Lets the visitor pick one of their organizations after the login. */
export function organizationPicker(
  tenant: Tenant,
  { state, applicationName, organizations }: OrganizationPage & { organizations: Organization[] },
): Html {
  return layout(tenant, {
    title: 'Select an organization',
    lede: organizations.length > 0 ? `Continue to ${applicationName} as a member of:` : undefined,
    content:
      organizations.length > 0
        ? html`<form method="post" action="/u/organization-picker?state=${state}">
            <ul class="stack">
              ${organizations.map((organization) => choice(organization))}
            </ul>
          </form>`
        : html`<p class="details" role="alert">
            You are not part of any organization. Ask the people who run ${applicationName} for an invitation.
          </p>`,
  })
}

function choice({ id, name, display_name }: Organization): Html {
  const label = display_name ?? name
  return html`<li>
    <button class="button secondary choice" name="organization" value="${id}">
      <span class="glyph" aria-hidden="true">${initial(label)}</span>
      <span>${label}<small>${name}</small></span>
    </button>
  </li>`
}
