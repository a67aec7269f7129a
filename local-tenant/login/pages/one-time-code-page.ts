import { html } from 'hono/html'
import type { Tenant } from '../../tenant/tenant.ts'
import { field } from './fields.ts'
import { layout, type Html } from './layout.ts'

export interface OneTimeCodePage {
  state: string
  /** Given when the account has no authenticator yet: the secret to enter into one. */
  newSecret?: string | undefined
  error?: string
}

/** Asks for the second factor, after showing the secret to those who have none yet. */
export function oneTimeCodePage(tenant: Tenant, { state, newSecret, error }: OneTimeCodePage): Html {
  return layout(tenant, {
    title: newSecret ? 'Secure your account' : 'Verify your identity',
    lede: newSecret
      ? 'Add this key to your authenticator app, then enter the code it shows.'
      : 'Enter the 6-digit code of your authenticator app.',
    content: html`<form method="post" action="/u/mfa-otp-challenge?state=${state}" novalidate>
      ${newSecret ? html`<code class="key">${newSecret.match(/.{1,4}/g)?.join(' ') ?? ''}</code>` : ''}
      ${field({
        name: 'code',
        label: 'One-time code',
        autocomplete: 'one-time-code',
        inputMode: 'numeric',
        className: 'code',
        autofocus: true,
        error,
      })}
      <button class="button primary" type="submit">Continue</button>
    </form>`,
    ...(!newSecret && {
      footer: `No authenticator at hand? The code stands in the output of ${tenant.domain}.`,
    }),
  })
}
