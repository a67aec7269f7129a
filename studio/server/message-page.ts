import { createHash } from 'node:crypto'
import type { Context } from 'hono'

const style = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; background: light-dark(#fff, #16171a); color: light-dark(#1b1c1f, #ececef) }
  body { display: grid; min-height: 100vh; margin: 0; place-content: center; padding: 24px; box-sizing: border-box }
  main { max-width: 420px }
  h1 { font-size: 20px; line-height: 1.25; margin: 0 0 8px }
  p { margin: 0; color: light-dark(#5d6068, #a5a8b1) }
`
const hash = createHash('sha256').update(style).digest('base64')

/** A page that says why there is no site here and what to do. */
export function messagePage(context: Context, status: 404, title: string, text: string): Response {
  context.header(
    'Content-Security-Policy',
    `default-src 'none'; style-src 'sha256-${hash}'; frame-ancestors 'none'`,
  )
  return context.html(
    `<!doctype html>
<html lang="en">
  <meta charset="utf-8" />
  <meta name="viewport" content="width=device-width" />
  <title>${title}</title>
  <style>${style}</style>
  <main>
    <h1>${title}</h1>
    <p>${text}</p>
  </main>
</html>
`,
    status,
  ) as Response
}

export const noSuchProject = (context: Context): Response =>
  messagePage(context, 404, 'There is no site here', 'Check the address, or open the site from the studio.')
