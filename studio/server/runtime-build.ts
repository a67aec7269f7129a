import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const chunk = z.object({
  file: z.string(),
  name: z.string().optional(),
  isEntry: z.boolean().optional(),
  imports: z.array(z.string()).default([]),
  css: z.array(z.string()).default([]),
})

const buildManifest = z.record(z.string(), chunk)

/** The built runtime of sites, as Vite left it. */
export interface RuntimeBuild {
  /** Its `index.html`, with addresses relative to it. */
  template: string
  /** The files of the part that logs visitors in, which the page itself does not load. */
  engine: string[]
  /** Every file that a published site may load: the preview's tools are not among them. */
  files: string[]
}

const isPreviewTool = ({ name }: { name?: string | undefined }): boolean => name === 'PreviewTools'

/** @throws Error when the runtime was not built */
export async function readRuntimeBuild(folder: string): Promise<RuntimeBuild> {
  const template = await readFile(join(folder, 'index.html'), 'utf8')
  const manifest = buildManifest.parse(
    JSON.parse(await readFile(join(folder, '.vite/manifest.json'), 'utf8')),
  )
  const chunks = Object.values(manifest)
  const engine = chunks.find(({ name }) => name === 'router-engine')
  const imported = engine?.imports.map((key) => manifest[key]).filter((each) => each && !each.isEntry) ?? []
  return {
    template,
    engine: engine ? [engine, ...imported].flatMap((each) => each?.file ?? []) : [],
    files: [
      ...new Set(chunks.filter((each) => !isPreviewTool(each)).flatMap(({ file, css }) => [file, ...css])),
    ],
  }
}
