import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { callbackPath, loggedOutPath } from 'lowgate/contract'
import type { PublishStep } from '../api/endpoints.ts'
import { hasParameters } from '../project/page-paths.ts'
import { guardedContent, toPublicSite } from '../project/public-site.ts'
import type { Project } from '../project/schema.ts'
import { contentsForHosts } from './hosting-files.ts'
import type { ProjectStore, PublishNote } from './project-store.ts'
import { readRuntimeBuild } from './runtime-build.ts'
import { versionFolder } from './site-folders.ts'
import { toSitePage } from './site-page.ts'

export interface Publisher {
  store: ProjectStore
  /** The built site runtime. */
  runtimeFolder: string
  /** Where published versions are kept. */
  sitesFolder: string
}

/** A file for every address that any static host can serve; the others fall back on 404.html. */
function filesOf({ pages, languages }: Project): string[] {
  const paths = [...new Set(['/', ...pages.map(({ path }) => path)])].filter((path) => !hasParameters(path))
  const [, ...others] = languages
  const localized = others.flatMap((language) => paths.map((path) => `/${language}${path}`))
  const folders = [...paths, ...localized, callbackPath, loggedOutPath].map((path) =>
    path.replace(/^\/|\/$/g, ''),
  )
  return ['404.html', ...folders.map((folder) => join(folder, 'index.html'))]
}

/**
 * Writes the next version of a project as static files and lets the production site show it.
 * Visitors see the old version until everything is written.
 *
 * One at a time: two for the same project would take the same number.
 *
 * @returns the version, after a report of each step
 */
export async function* publish(
  project: Project,
  about: PublishNote,
  { store, runtimeFolder, sitesFolder }: Publisher,
): AsyncGenerator<PublishStep, number> {
  const files = filesOf(project)
  const guarded = guardedContent(project)
  const total = files.length + guarded.size + contentsForHosts.length + 3
  yield { step: 'preparing', done: 0, total }
  const version = await store.nextVersion(project.id)
  const folder = versionFolder(sitesFolder, project.id, version)
  const unfinished = `${folder}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { recursive: true })

  yield { step: 'runtime', done: 1, total }
  const build = await readRuntimeBuild(runtimeFolder)
  await mkdir(join(unfinished, 'assets'))
  for (const file of build.files) await copyFile(join(runtimeFolder, file), join(unfinished, file))
  const site = toPublicSite(project, { environment: 'production', basePath: '/' })
  const html = toSitePage(build, site)

  const contents: (readonly [string, string])[] = [
    ...files.map((file): [string, string] => [file, html]),
    ...contentsForHosts,
    ...[...guarded].map(([file, content]): [string, string] => [file, JSON.stringify(content)]),
  ]
  for (const [index, [file, text]] of contents.entries()) {
    yield { step: 'pages', done: 2 + index, total }
    await mkdir(dirname(join(unfinished, file)), { recursive: true })
    await writeFile(join(unfinished, file), text)
  }

  yield { step: 'live', done: total - 1, total }
  await rm(folder, { recursive: true, force: true })
  await rename(unfinished, folder)
  await store.addVersion(project, version, about)
  await store.setLive(project.id, version)
  yield { step: 'live', done: total, total }
  return version
}
