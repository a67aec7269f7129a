/** Where everything is, once all of it answers. */
export interface StartAddresses {
  studio: string
  /** Opens the studio once: it carries a token. */
  studioUrl: string
  proxy: string
  operatorToken: string
  /** Of one project; absent when all were deleted. */
  sites?: Record<'preview' | 'production', string>
  tenants: Record<'preview' | 'production', TenantAddress>
}

export interface TenantAddress {
  domain: string
  m2m: { clientId: string; clientSecret: string }
  users: { email: string; password: string }[]
}

function table(rows: [string, string][]): string {
  const width = Math.max(...rows.map(([name]) => name.length))
  return rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join('\n')
}

const tenantRows = ({ domain, m2m, users }: TenantAddress): [string, string][] => [
  ['Domain', domain],
  ['M2M client ID', m2m.clientId],
  ['M2M client secret', m2m.clientSecret],
  ...users.map(({ email, password }): [string, string] => ['Visitor', `${email} / ${password}`]),
]

const siteRows = (sites: StartAddresses['sites']): [string, string][] =>
  sites
    ? [
        ['Preview site', sites.preview],
        ['Production site', sites.production],
      ]
    : []

/** A short table for people and, as the last line, `ready {…}` for programs. */
export function describeStart(addresses: StartAddresses): string {
  const { studioUrl, sites, proxy, tenants } = addresses
  return `
Lowgate is running. Open the studio (this address works once; \`npm run studio:link\` prints another):

${table([['Studio', studioUrl], ...siteRows(sites), ['Backend proxy', proxy]])}

Connect the preview environment with these local test credentials:

${table(tenantRows(tenants.preview))}

And production with these:

${table(tenantRows(tenants.production))}

Ctrl-C ends everything.
ready ${JSON.stringify(addresses)}
`
}
