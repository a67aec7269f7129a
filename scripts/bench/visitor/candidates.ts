import { createServer } from 'node:http'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import vue from '@vitejs/plugin-vue'
import { build, type Rolldown } from 'vite'
import { headSnippet } from '../../../plugin/index.ts'

export const candidates = ['none', 'ours', 'auth0-vue'] as const
export type Candidate = (typeof candidates)[number]

export type Storage = 'memory' | 'localstorage'

export interface Site {
  candidate: Candidate
  origin: string
  /** Compressed bytes sent since the last reset. */
  sent: { bytes: number }
  close(): Promise<void>
}

const root = join(import.meta.dirname)

/** Builds one candidate as for production. */
async function bundle(candidate: Candidate): Promise<(Rolldown.OutputChunk | Rolldown.OutputAsset)[]> {
  const result = await build({
    root,
    configFile: false,
    logLevel: 'error',
    plugins: [
      vue(),
      {
        name: 'candidate',
        transformIndexHtml: {
          order: 'pre',
          handler: (html) => html.replace('./main.ts', `./${candidate}.ts`),
        },
      },
    ],
    build: { write: false },
  })
  return (result as Rolldown.RolldownOutput).output
}

/** The files of a chunk and of what it imports, but for those that the page loads anyway. */
function filesOf(output: Awaited<ReturnType<typeof bundle>>, name: string): string[] {
  const chunks = output.filter((file) => file.type === 'chunk')
  const of = (fileName: string): string[] => {
    const chunk = chunks.find((one) => one.fileName === fileName)
    return chunk && !chunk.isEntry ? [fileName, ...chunk.imports.flatMap(of)] : []
  }
  return chunks.filter((chunk) => chunk.name === name).flatMap((chunk) => of(chunk.fileName))
}

const types: Record<string, string> = { js: 'text/javascript', css: 'text/css', html: 'text/html' }

/** Serves a candidate on loopback, compressed with Brotli as a content delivery network would. */
export async function serve(
  candidate: Candidate,
  port: number,
  connection: { domain: string; clientId: string },
  storage: Storage,
): Promise<Site> {
  const output = await bundle(candidate)
  const settings = { connections: { production: connection }, storage }
  const modules = { engine: filesOf(output, 'router-engine').map((file) => `/${file}`) }
  const snippet = candidate === 'ours' ? headSnippet(settings, { environment: 'production', modules }) : ''
  const configuration = `bench=${JSON.stringify({ ...connection, storage })}`
  const head = [configuration, snippet].filter(Boolean).map((script) => `<script>${script}</script>`)

  const files = new Map(
    output.map((file) => {
      const text = file.type === 'chunk' ? file.code : Buffer.from(file.source).toString()
      const body = file.fileName === 'index.html' ? text.replace('<!--head-->', head.join('')) : text
      return [`/${file.fileName}`, brotliCompressSync(body)]
    }),
  )
  const sent = { bytes: 0 }
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const path = files.has(pathname) ? pathname : '/index.html'
    const body = files.get(path) ?? Buffer.of()
    sent.bytes += body.length
    const type = types[path.split('.').at(-1) ?? ''] ?? 'text/plain'
    response.writeHead(200, { 'content-type': type, 'content-encoding': 'br', 'cache-control': 'no-store' })
    response.end(body)
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    candidate,
    origin: `http://localhost:${port}`,
    sent,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
