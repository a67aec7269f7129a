import { html } from 'hono/html'
import { field } from './fields.ts'
import { initial, layout, tenantName, type Html } from './layout.ts'
import { connectionLabel } from './login-page.ts'
import type { Connection, User } from '../../tenant/seeds/schema.ts'
import type { Tenant } from '../../tenant/tenant.ts'

export interface AccountPage {
  connection: Connection
  state: string
  accounts: User[]
  email: string
  error?: string
}

/** Where a visitor picks the account that the stub identity provider vouches for. */
export function accountPage(
  tenant: Tenant,
  { connection, state, accounts, email, error }: AccountPage,
): Html {
  const label = connectionLabel(connection)
  const action = `/authorize?${new URLSearchParams({ connection: connection.name, state }).toString()}`
  return layout(tenant, {
    mark: initial(label),
    title: `Choose your ${label} account`,
    lede: `to continue to ${tenantName(tenant)}`,
    footer: `A stand-in for ${label} on an origin of its own (${new URL(tenant.identityProviderOrigin).host}). No password is asked for.`,
    content: html`<form method="post" action="${action}">
        <ul class="stack">
          ${accounts.map(
            (user) =>
              html`<li>
                <button class="button secondary choice" name="email" value="${user.email}">
                  <span class="glyph" aria-hidden="true">${initial(user.name ?? user.email)}</span>
                  <span>${user.name ?? user.email}<small>${user.email}</small></span>
                </button>
              </li>`,
          )}
        </ul>
      </form>
      ${accounts.length > 0 ? html`<div class="divider">or</div>` : ''}
      <form method="post" action="${action}" novalidate>
        ${field({ name: 'email', label: 'Another account', type: 'email', value: email, autocomplete: 'email', error })}
        <button class="button primary" type="submit">Continue</button>
        <button class="button secondary" name="cancel" value="1">Cancel</button>
      </form>`,
  })
}
