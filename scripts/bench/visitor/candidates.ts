import { join } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { build, type Rolldown } from 'vite'
import { headSnippet } from '../../../plugin/index.ts'
import { serveFiles, type Served } from './serve-files.ts'

export const candidates = ['none', 'ours', 'auth0-vue'] as const
export type Candidate = (typeof candidates)[number]

export type Storage = 'memory' | 'localstorage'

export interface Site extends Served {
  candidate: Candidate
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

/** Builds and serves a candidate. @param port Default: any that is free. */
export async function serve(
  candidate: Candidate,
  connection: { domain: string; clientId: string },
  storage: Storage,
  port?: number,
): Promise<Site> {
  const output = await bundle(candidate)
  const settings = { connections: { production: connection }, storage }
  const modules = { engine: filesOf(output, 'router-engine').map((file) => `/${file}`) }
  const snippet = candidate === 'ours' ? headSnippet(settings, { environment: 'production', modules }) : ''
  const configuration = `bench=${JSON.stringify({ ...connection, storage })}`
  const head = [configuration, snippet].filter(Boolean).map((script) => `<script>${script}</script>`)

  const files = output.map((file): [path: string, text: string] => {
    const text = file.type === 'chunk' ? file.code : Buffer.from(file.source).toString()
    return [
      `/${file.fileName}`,
      file.fileName === 'index.html' ? text.replace('<!--head-->', head.join('')) : text,
    ]
  })
  return { candidate, ...(await serveFiles(new Map(files), port)) }
}
