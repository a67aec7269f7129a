import { html } from 'hono/html'
import type { Connection } from '../../tenant/seeds/schema.ts'
import type { Tenant } from '../../tenant/tenant.ts'
import { field, revealScript } from './fields.ts'
import { initial, layout, tenantName, type Html } from './layout.ts'
import { textsIn, type Language } from './texts.ts'

export interface LoginPage {
  mode: 'login' | 'signup'
  state: string
  language: Language
  applicationName: string
  organizationName?: string | undefined
  /** Whether the visitor may use e-mail and password here. */
  database: boolean
  signup: boolean
  connections: Connection[]
  email: string
  emailError?: string | undefined
  passwordError?: string | undefined
}

const socialNames: Record<string, string> = {
  'google-oauth2': 'Google',
  github: 'GitHub',
  apple: 'Apple',
  facebook: 'Facebook',
  linkedin: 'LinkedIn',
  windowslive: 'Microsoft Account',
}

export function connectionLabel({ display_name, strategy, name }: Connection): string {
  return display_name ?? socialNames[strategy] ?? name
}

/** Login and sign-up, which differ in their words and in what is asked of the password. */
export function loginPage(tenant: Tenant, page: LoginPage): Html {
  const { mode, state, language, applicationName, organizationName, database, connections } = page
  const texts = textsIn(language)
  const place = organizationName ?? tenantName(tenant)
  const signingUp = mode === 'signup'
  return layout(tenant, {
    language,
    mark: initial(place),
    title: signingUp ? texts.createAccount : texts.welcome,
    lede: signingUp ? texts.signUpFor(place, applicationName) : texts.loginTo(place, applicationName),
    content: html`${database ? credentials(page) : ''}
      ${database && connections.length > 0 ? html`<div class="divider">${texts.or}</div>` : ''}
      <ul class="stack">
        ${connections.map(
          (connection) =>
            html`<li>
              <a
                class="button secondary"
                href="/u/connection?state=${state}&connection=${encodeURIComponent(connection.name)}"
              >
                <span class="glyph" aria-hidden="true">${initial(connectionLabel(connection))}</span>
                ${texts.continueWith(connectionLabel(connection))}
              </a>
            </li>`,
        )}
      </ul>
      ${revealScript(texts)}`,
  })
}

function credentials({ mode, state, language, signup, email, emailError, passwordError }: LoginPage): Html {
  const texts = textsIn(language)
  const signingUp = mode === 'signup'
  const query = `?state=${state}`
  return html`<form method="post" action="/u/${mode}${query}" novalidate>
      ${field({
        name: 'username',
        label: texts.email,
        type: 'email',
        value: email,
        autocomplete: signingUp ? 'email' : 'username',
        autofocus: !email || Boolean(emailError),
        error: emailError,
      })}
      ${field({
        name: 'password',
        label: texts.password,
        type: 'password',
        autocomplete: signingUp ? 'new-password' : 'current-password',
        autofocus: Boolean(email) && !emailError,
        error: passwordError,
        hint: signingUp ? texts.passwordRule : undefined,
      })}
      ${signingUp ? '' : html`<a class="aside" href="/u/reset-password/request${query}">${texts.forgot}</a>`}
      <button class="button primary" type="submit">${texts.continue}</button>
    </form>
    ${
      signup || signingUp
        ? html`<p class="switch">
            ${signingUp ? texts.hasAccount : texts.noAccount}
            <a href="/u/${signingUp ? 'login' : 'signup'}${query}"
              >${signingUp ? texts.login : texts.signUp}</a
            >
          </p>`
        : ''
    }`
}
