import { html, raw } from 'hono/html'
import { renderSVG } from 'uqr'
import type { Tenant } from '../../tenant/tenant.ts'
import { field } from './fields.ts'
import { layout, type Html } from './layout.ts'

export interface OneTimeCodePage {
  state: string
  /** Given when the account has no authenticator yet: the secret for one, and the same as its picture shows it. */
  enrols?: { secret: string; uri: string }
  error?: string
}

/** Asks for the second factor, after showing the secret to those who have none yet. */
export function oneTimeCodePage(tenant: Tenant, { state, enrols, error }: OneTimeCodePage): Html {
  return layout(tenant, {
    title: enrols ? 'Secure your account' : 'Verify your identity',
    lede: enrols
      ? 'Scan this with your authenticator app, or type the key into it. Then enter the code it shows.'
      : 'Enter the 6-digit code of your authenticator app.',
    content: html`<form method="post" action="/u/mfa-otp-challenge?state=${state}" novalidate>
      ${enrols ? enrolment(enrols) : ''}
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
    ...(!enrols && {
      footer: `No authenticator at hand? The code is in the output of ${tenant.domain}.`,
    }),
  })
}

/** The picture is dark on light in both colour schemes, as cameras expect. */
function enrolment({ secret, uri }: { secret: string; uri: string }): Html {
  return html`<div class="qr" role="img" aria-label="QR code of the key below">${raw(renderSVG(uri))}</div>
    <code class="key">${secret.match(/.{1,4}/g)?.join(' ') ?? ''}</code>`
}
