import { html } from 'hono/html'
import type { Tenant } from '../../tenant/tenant.ts'
import { field, revealScript } from './fields.ts'
import { layout, tenantName, type Html } from './layout.ts'
import { textsIn } from './texts.ts'

/** Asks before a session is handed to a callback that any program on this machine could answer. */
export function confirmationPage(
  tenant: Tenant,
  page: { state: string; applicationName: string; email: string },
): Html {
  const { state, applicationName, email } = page
  return layout(tenant, {
    title: `Continue to ${applicationName}?`,
    lede: `You are logged in as ${email}. Continue only if you opened this application yourself.`,
    content: html`<form method="post" action="/u/confirmation?state=${state}">
      <div class="stack">
        <button class="button primary" name="answer" value="accept">Continue</button>
        <button class="button secondary" name="answer" value="decline">Cancel</button>
      </div>
    </form>`,
  })
}

/** Asks before a session ends that nobody proved to be theirs. */
export function logoutPage(tenant: Tenant, params: Record<string, string>): Html {
  return layout(tenant, {
    title: 'Log out?',
    lede: `You are about to log out of ${tenantName(tenant)}.`,
    content: html`<form method="post" action="/oidc/logout">
      ${Object.entries(params).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
      <button class="button primary" name="answer" value="accept">Log out</button>
    </form>`,
  })
}

/** Asks for the address that a reset link goes to. */
export function resetRequestPage(tenant: Tenant, { state, email }: { state: string; email: string }): Html {
  return layout(tenant, {
    title: 'Forgot your password?',
    lede: 'Enter your email address and we will send you a link to set a new one.',
    content: html`<form method="post" action="/u/reset-password/request?state=${state}" novalidate>
        ${field({ name: 'email', label: 'Email address', type: 'email', value: email, autocomplete: 'email', autofocus: true })}
        <button class="button primary" type="submit">Continue</button>
      </form>
      <p class="switch"><a href="/u/login?state=${state}">Back to login</a></p>`,
  })
}

export function newPasswordPage(tenant: Tenant, { ticket, error }: { ticket: string; error?: string }): Html {
  const texts = textsIn('en')
  return layout(tenant, {
    title: 'Change your password',
    content: html`<form method="post" action="/u/reset-password?ticket=${ticket}" novalidate>
        ${field({
          name: 'password',
          label: 'New password',
          type: 'password',
          autocomplete: 'new-password',
          autofocus: true,
          error,
          hint: texts.passwordRule,
        })}
        <button class="button primary" type="submit">Reset password</button>
      </form>
      ${revealScript(texts)}`,
  })
}

/** What a real tenant would mail, the local one prints. */
export function linkSentPage(tenant: Tenant, { state, lede }: { state: string; lede: string }): Html {
  return layout(tenant, {
    title: 'Check your email',
    lede,
    content: html`<p class="switch"><a href="/u/login?state=${state}">Back to login</a></p>`,
    footer: `${tenant.domain} sends no mail: the link is in its output, and under /control/mails.`,
  })
}

export function messagePage(tenant: Tenant, { title, lede }: { title: string; lede: string }): Html {
  return layout(tenant, { title, lede, content: html`` })
}
