import { createHash } from 'node:crypto'
import { tenantUrl } from 'lowgate/contract'
import { headSnippet } from 'lowgate/plugin'
import type { RuntimeBuild } from './runtime-build.ts'
import { referrerPolicy } from '../project/hosting.ts'
import type { PublicSite } from '../project/public-site.ts'

/** JSON that is safe inside a script element: nothing in it can end the element or open a comment. */
const toInlineJson = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c')

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const hashSource = (script: string): string =>
  `'sha256-${createHash('sha256').update(script).digest('base64')}'`

/** Only the site's own scripts and styles; requests to its tenants and APIs, frames of its tenants. */
function contentSecurityPolicy(site: PublicSite, inlineScript: string): string {
  const tenants = [
    ...new Set(Object.values(site.settings.connections).map(({ domain }) => tenantUrl(domain))),
  ]
  return [
    `default-src 'none'`,
    `script-src 'self' ${inlineScript && hashSource(inlineScript)}`.trim(),
    // With tokens in memory, Auth0's SDK keeps the refresh token in a worker made from a blob.
    ...(site.settings.storage === 'memory' ? ['worker-src blob:'] : []),
    `style-src 'self'`,
    `font-src 'self'`,
    `img-src 'self' https: data: ${tenants.join(' ')}`.trim(),
    `connect-src ${[...new Set([`'self'`, ...tenants, ...site.apiOrigins])].join(' ')}`,
    `frame-src ${tenants.join(' ') || `'none'`}`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ')
}

/**
 * The HTML of every page of a site: the built runtime with the site's public data in it, and a script that recognises
 * returning visitors early.
 */
export function toSitePage({ template, engine }: RuntimeBuild, site: PublicSite): string {
  const { projectId, basePath, environment, settings, name } = site
  const early = headSnippet(settings, {
    environment,
    basePath,
    site: projectId,
    modules: { engine: engine.map((file) => basePath + file) },
  })
  return template
    .replaceAll('./assets/', `${basePath}assets/`)
    .replace(/<title>.*?<\/title>/, () => `<title>${escapeHtml(name)}</title>`)
    .replace(
      '</title>',
      () => `</title>
    <meta http-equiv="Content-Security-Policy" content="${escapeHtml(contentSecurityPolicy(site, early))}" />
    <meta name="referrer" content="${referrerPolicy}" />
    ${early && `<script>${early}</script>`}
    <script type="application/json" id="site">${toInlineJson(site)}</script>`,
    )
}
