import { createReadStream } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import type { ClientSettings } from './run-client.ts'

/** Where a browser finds what the clients import by name. */
const modules = {
  vue: '/node_modules/vue/dist/vue.esm-browser.prod.js',
  '@auth0/auth0-vue': '/node_modules/@auth0/auth0-vue/dist/auth0-vue.production.esm.js',
  '@auth0/auth0-spa-js': '/node_modules/@auth0/auth0-spa-js/dist/auth0-spa-js.production.esm.js',
}

/**
 * Serves an application that runs in the browser: the scripts that are installed in `folder`, and at every other path
 * a page that loads its `main.mjs`.
 */
export async function servePage(folder: string, settings: ClientSettings): Promise<{ close: () => void }> {
  const page = `<!doctype html><title>Application</title>
    <script type="importmap">${JSON.stringify({ imports: modules })}</script>
    <script>window.settings = ${JSON.stringify(settings)}</script>
    <main></main><script type="module" src="/main.mjs"></script>`
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '', settings.origin).pathname)
    const isScript = ['.js', '.mjs'].includes(extname(path))
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
    if (isScript)
      createReadStream(join(folder, path))
        .on('error', () => response.destroy())
        .pipe(response)
    else response.end(page)
  })
  await new Promise<void>((resolve) =>
    server.listen(Number(new URL(settings.origin).port), 'localhost', resolve),
  )
  return {
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
