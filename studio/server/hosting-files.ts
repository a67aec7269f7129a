import { caching, hostingFiles, siteHeaders } from '../project/hosting.ts'

const lines = (indent: string, toLine: (name: string, value: string) => string): string =>
  siteHeaders.map(({ name, value }) => indent + toLine(name, value)).join('\n')

const nginxHeader = (name: string, value: string) => `add_header ${name} "${value}" always;`
const caddyHeader = (name: string, value: string) => `${name} "${value}"`

/** Netlify and Cloudflare Pages read it. Cloudflare joins the values of several rules, so only one rule sets the caching. */
const headers = `/*
${lines('  ', (name, value) => `${name}: ${value}`)}

/assets/*
  Cache-Control: ${caching.assets}
`

const nginx = `# In the server block of this site, below the line \`root\` that names this folder:
#   include /path/to/this/folder/${hostingFiles.nginx};
error_page 404 /404.html;

location / {
  try_files $uri $uri/index.html =404;
${lines('  ', nginxHeader)}
  add_header Cache-Control "${caching.others}" always;
}

# A location with headers of its own has none of those above it.
location /assets/ {
  try_files $uri =404;
${lines('  ', nginxHeader)}
  add_header Cache-Control "${caching.assets}";
}

# Files for hosts, this one too.
location /_ {
  return 404;
}
`

const caddy = `# In the block of this site, below the line \`root\` that names this folder:
#   import /path/to/this/folder/${hostingFiles.caddy}
header {
${lines('  ', caddyHeader)}
}
# Of two lines for one header, Caddy would let the general one win.
@lowgate_assets path /assets/*
header @lowgate_assets Cache-Control "${caching.assets}"
@lowgate_others not path /assets/*
header @lowgate_others Cache-Control "${caching.others}"

# Files for hosts, this one too.
@lowgate_hidden path /_*
error @lowgate_hidden 404

try_files {path} {path}/index.html
file_server

handle_errors {
  @lowgate_missing expression {err.status_code} == 404
  handle @lowgate_missing {
    header Cache-Control "${caching.others}"
    rewrite * /404.html
    file_server
  }
}
`

/** By name: what a published folder tells its host. */
export const contentsForHosts: readonly (readonly [file: string, content: string])[] = [
  [hostingFiles.headers, headers],
  [hostingFiles.nginx, nginx],
  [hostingFiles.caddy, caddy],
]
