import { html } from 'hono/html'
import type { Tenant } from '../../tenant/tenant.ts'
import { layout, type Html } from './layout.ts'

/** Auth0's page for a request it cannot send back to an application. */
export function errorPage(
  tenant: Tenant,
  { error, description }: { error: string; description: string },
): Html {
  return layout(tenant, {
    mark: '!',
    title: 'Something went wrong',
    lede: 'The tenant stopped here instead of returning to the application.',
    content: html`<p class="details" role="alert"><strong>${error}:</strong> ${description}</p>`,
    footer: `If you are the developer: the request came to ${tenant.domain}, and the message above says which setting or parameter to fix.`,
  })
}
