/** A header that a published site is sent with. */
export interface SiteHeader {
  name: string
  value: string
  /** What is lost on a host that does not send it; absent where the page says the same by itself. */
  without?: string
}

export const referrerPolicy = 'strict-origin-when-cross-origin'

const framed = 'Other sites can show yours in a frame and trick visitors into clicking there.'

/** The headers of every answer of a site. What the studio's own sites send and every host's file is made from them. */
export const siteHeaders: readonly SiteHeader[] = [
  // A page's own policy says the rest: this directive counts in a header only.
  { name: 'Content-Security-Policy', value: "frame-ancestors 'none'", without: framed },
  { name: 'X-Frame-Options', value: 'DENY', without: framed },
  {
    // Login windows must reach the page that opened them.
    name: 'Cross-Origin-Opener-Policy',
    value: 'same-origin-allow-popups',
    without: 'A site that opens yours in a window can lead that window elsewhere.',
  },
  {
    name: 'Cross-Origin-Resource-Policy',
    value: 'same-origin',
    without: 'Other sites can load your site’s files into their pages.',
  },
  {
    name: 'X-Content-Type-Options',
    value: 'nosniff',
    without: 'Browsers may run a file as something that it is not.',
  },
  {
    name: 'Origin-Agent-Cluster',
    value: '?1',
    without: 'Sites on other subdomains of your domain may share a process with yours.',
  },
  { name: 'Referrer-Policy', value: referrerPolicy },
]

/** How long browsers keep a file: the names in `assets/` hold a hash of the content. */
export const caching = { assets: 'public, max-age=31536000, immutable', others: 'no-cache' } as const

/** The files in a published folder by which hosts learn the headers. They begin as no page's path can. */
export const hostingFiles = { headers: '_headers', nginx: '_nginx.conf', caddy: '_Caddyfile' } as const

/** Whether a path leads to one of them: they are not part of the site. */
export const isHostingFile = (path: string): boolean => path.startsWith('/_')

export interface Hosting {
  label: string
  /** What the builder does with the folder. */
  todo: string
  /** What it does not do, whatever the site is: whole sentences. */
  missing: readonly string[]
  /** Whether it shows pages with a parameter in their path as found. */
  knowsParameters: boolean
}

/** Where a published site can go. */
export const hostings = {
  here: {
    label: 'This machine’s site',
    todo: 'Nothing more to do: it sends all headers.',
    missing: ['Visitors on other machines cannot reach it.'],
    knowsParameters: true,
  },
  netlify: {
    label: 'Netlify or Cloudflare Pages',
    todo: `Publish the folder unchanged: the host reads the file ${hostingFiles.headers}.`,
    missing: [],
    knowsParameters: false,
  },
  nginx: {
    label: 'nginx',
    todo: `Make the folder the root of a server block, and include its ${hostingFiles.nginx} there.`,
    missing: ['It gets no certificate by itself, and login works over https only.'],
    knowsParameters: false,
  },
  caddy: {
    label: 'Caddy',
    todo: `Make the folder the root of a site block, and import its ${hostingFiles.caddy} there.`,
    missing: [],
    knowsParameters: false,
  },
  other: {
    label: 'Another static host',
    todo: `Copy the folder. Some of the limits below go away if the host lets you set the headers in its file ${hostingFiles.headers}.`,
    missing: [
      ...new Set(siteHeaders.flatMap(({ without }) => without ?? [])),
      'Browsers may show an old page for a while after you publish.',
    ],
    knowsParameters: false,
  },
} as const satisfies Record<string, Hosting>

export type HostingName = keyof typeof hostings
