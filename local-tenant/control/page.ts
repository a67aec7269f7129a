import { Hono } from 'hono'
import { html, raw } from 'hono/html'
import { initial, tenantName, type Html } from '../login/pages/layout.ts'
import { styles } from '../login/pages/styles.ts'
import type { RunningTenant } from '../tenant/tenant.ts'
import { pageScript, pageStyles } from './page-assets.ts'
import { findPeople, type Person } from './people.ts'

const MAXIMUM_ROWS = 30

/** The tenant's own page at `/`: who is logged in, what was mailed and received, and levers over the control API. */
export function operatorPage(tenant: RunningTenant): Hono {
  const app = new Hono()
  app.get('/', (c) => {
    c.header('X-Frame-Options', 'deny')
    c.header('Cache-Control', 'no-store')
    return c.html(page(tenant, c.req.query('q') ?? ''))
  })
  return app
}

function page(tenant: RunningTenant, text: string): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${tenantName(tenant)} · local tenant</title>
        <link rel="icon" href="data:," />
        <style>
          ${raw(styles + pageStyles)}
        </style>
      </head>
      <body class="operator">
        <p id="told" class="told" role="status"></p>
        <main id="page">${content(tenant, text)}</main>
        <footer>
          Local tenant at ${tenant.domain}. Every account here is made up; a restart forgets everything.
        </footer>
        <script>
          ${raw(pageScript)}
        </script>
      </body>
    </html>`
}

function content(tenant: RunningTenant, text: string): Html {
  const people = findPeople(tenant, text)
  const mails = tenant.mailbox.mails().slice(-MAXIMUM_ROWS).toReversed()
  const requests = tenant.control.requests
    .filter(({ path }) => path !== '/' && path !== '/favicon.ico' && !path.startsWith('/assets/'))
    .slice(-MAXIMUM_ROWS)
    .toReversed()
  const roles = [...tenant.directory.roles.values()].map(({ name }) => name)
  return html`<header>
      <div class="mark" aria-hidden="true">${initial(tenantName(tenant))}</div>
      <div>
        <h1>${tenantName(tenant)}</h1>
        <p class="lede">${tenant.domain} · ${tenant.clock.iso().slice(0, 16).replace('T', ' ')} UTC</p>
      </div>
    </header>
    <div class="levers" role="group" aria-label="The whole tenant">
      ${lever('expire', 'POST', '/expire-sessions', 'Log everybody out')}
      ${lever('rotate', 'POST', '/keys/rotate', 'Rotate the signing keys')}
      ${lever('later', 'POST', '/clock', 'One hour later', { offset: tenant.clock.offset + 3_600 })}
      ${tenant.clock.offset === 0 ? '' : lever('now', 'POST', '/clock', 'Back to the present', { offset: 0 })}
    </div>
    <section aria-labelledby="users">
      <h2 id="users">Users</h2>
      <form role="search" class="search">
        <label for="q">Name or email address</label>
        <div class="row">
          <input id="q" name="q" type="search" value="${text}" autocomplete="off" />
          <button class="button secondary" type="submit">Search</button>
        </div>
      </form>
      ${people.length === 0 ? html`<p class="hint">Nobody has this name or address.</p>` : ''}
      <ul class="rows">
        ${people.map((person) => personRow(person, roles))}
      </ul>
    </section>
    <section aria-labelledby="outbox">
      <h2 id="outbox">Outbox</h2>
      ${mails.length === 0 ? html`<p class="hint">No mail yet. What Auth0 would send appears here.</p>` : ''}
      <ul class="rows">
        ${mails.map(
          ({ to, subject, link, code, at }) =>
            html`<li>
              <p><strong>${subject}</strong> <span class="muted">to ${to}, ${timeOf(at * 1000)}</span></p>
              ${link ? html`<a href="${link}">${link}</a>` : html`<code>${code}</code>`}
            </li>`,
        )}
      </ul>
    </section>
    <section aria-labelledby="requests">
      <h2 id="requests">Requests received</h2>
      ${requests.length === 0 ? html`<p class="hint">None yet.</p>` : ''}
      <ul class="rows requests">
        ${requests.map(
          ({ at, method, path, status }) =>
            html`<li>
              <span class="status" data-bad="${String((status ?? 0) >= 400)}">${status ?? '…'}</span>
              <code>${method} ${path}</code> <span class="muted">${timeOf(at)}</span>
            </li>`,
        )}
      </ul>
    </section>`
}

function personRow(person: Person, roles: string[]): Html {
  const { user_id, email, name, blocked, sessions, refreshTokens } = person
  const path = `/users/${encodeURIComponent(user_id)}`
  const id = (what: string) => `${what} ${user_id}`
  return html`<li>
    <div class="who">
      <p><strong>${name}</strong>${name === email ? '' : html` <span class="muted">${email}</span>`}</p>
      <p class="muted">
        ${blocked ? html`<span class="flag">Blocked</span>` : ''} ${count(sessions, 'session')},
        ${count(refreshTokens, 'refresh token')}
      </p>
      ${
        roles.length === 0
          ? ''
          : html`<fieldset>
              <legend>Roles of ${name}</legend>
              ${roles.map((role) => roleBox(person, role, path))}
            </fieldset>`
      }
    </div>
    <div class="levers" role="group" aria-label="${name}">
      ${lever(id('block'), 'PATCH', path, blocked ? 'Unblock' : 'Block', { blocked: !blocked })}
      ${lever(id('sessions'), 'DELETE', `${path}/sessions`, 'Log out', {}, sessions === 0)}
      ${lever(id('tokens'), 'DELETE', `${path}/refresh-tokens`, 'Revoke tokens', {}, refreshTokens === 0)}
    </div>
  </li>`
}

function roleBox({ user_id, roles: held }: Person, role: string, path: string): Html {
  const has = held.includes(role)
  const roles = has ? held.filter((name) => name !== role) : [...held, role]
  return html`<label class="box" for="role ${role} ${user_id}">
    <input
      type="checkbox"
      id="role ${role} ${user_id}"
      ${has ? raw('checked') : ''}
      data-method="PATCH"
      data-path="${path}"
      data-body="${JSON.stringify({ roles })}"
      data-told="${role} ${has ? 'taken away' : 'given'}"
    />
    ${role}
  </label>`
}

/** A button that asks the control API. The script finds what to send in its attributes. */
function lever(
  id: string,
  method: string,
  path: string,
  label: string,
  body: object = {},
  disabled = false,
): Html {
  return html`<button
    type="button"
    class="button secondary"
    id="${id}"
    ${disabled ? raw('disabled') : ''}
    data-method="${method}"
    data-path="${path}"
    data-body="${JSON.stringify(body)}"
    data-told="${label}: done"
  >
    ${label}
  </button>`
}

function count(number: number, noun: string): string {
  return number === 1 ? `1 ${noun}` : `${number} ${noun}s`
}

function timeOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(11, 19)
}
