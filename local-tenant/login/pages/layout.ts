import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { Tenant } from '../../tenant/tenant.ts'
import { styles } from './styles.ts'

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

export interface Page {
  title: string
  lede?: string | undefined
  content: Html
  language?: string
  /** One letter or more on the mark above the title. Default: the tenant's initial. */
  mark?: string
  footer?: string
}

/** The card around every page of the tenant. */
export function layout(tenant: Tenant, page: Page): Html {
  const { title, lede, content, language = 'en', mark = initial(tenantName(tenant)) } = page
  const footer = page.footer ?? `Local tenant at ${tenant.domain}. Every account here is made up.`
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>${title} · ${tenantName(tenant)}</title>
        <link rel="icon" href="data:," />
        <style>
          ${raw(styles)}
        </style>
      </head>
      <body>
        <main>
          <div class="mark" aria-hidden="true">${mark}</div>
          <h1>${title}</h1>
          ${lede ? html`<p class="lede">${lede}</p>` : ''} ${content}
        </main>
        <footer>${footer}</footer>
      </body>
    </html>`
}

export function tenantName(tenant: Tenant): string {
  return tenant.directory.settings.friendly_name ?? tenant.domain
}

export function initial(text: string): string {
  return (text.match(/[\p{L}\p{N}]/u)?.[0] ?? '·').toUpperCase()
}
