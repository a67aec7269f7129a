// Writes the site into public/: the script as it was installed, and three pages that differ in their headlines.
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { env } from 'node:process'

cpSync('node_modules/lowgate/html', 'public/lowgate', { recursive: true })
const page = readFileSync('page.html', 'utf8')
  .replace('your-tenant.eu.auth0.com', env.AUTH0_DOMAIN)
  .replace('your-application', env.AUTH0_CLIENT_ID)
for (const [file, headline] of Object.entries({ index: 'Home', members: 'Members', managers: 'Managers' }))
  writeFileSync(`public/${file}.html`, page.replace('<h1>Home', `<h1>${headline}`))
