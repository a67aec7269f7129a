import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ProjectView } from '../api/endpoints.ts'
import { newId, toSlug } from '../project/new-id.ts'
import { checkDraft, type DraftChecks } from './check-draft.ts'
import { forgetConnections } from './forget-connections.ts'
import type { Handlers } from './mount.ts'
import type { SavedProject } from './project-store.ts'
import { publish, type Publisher } from './publish.ts'
import { Refusal } from './refusal.ts'
import { sitesOf } from './site-folders.ts'
import { createTurns } from './turns.ts'

export type ProjectOptions = Publisher & DraftChecks

/** List, create, read, save, delete and publish projects, and go back to what was published. */
export function createProjectHandlers(options: ProjectOptions): Omit<Handlers, 'session' | 'logIn'> {
  const { store, sitesFolder, sitePorts, proxy } = options
  const takeTurn = createTurns()
  const view = (saved: SavedProject): ProjectView => ({
    ...saved,
    sites: sitesOf(saved.project.id, sitePorts),
  })

  async function existing(id: string): Promise<SavedProject> {
    const saved = await store.read(id)
    if (!saved) throw new Refusal('noSuchProject')
    return saved
  }

  return {
    list: async () => ({ projects: await store.list() }),

    async create({ body: { project } }) {
      const wish = toSlug(project.name) || 'site'
      const taken = (await store.list()).map(({ id }) => id)
      let id = newId(wish, taken)
      while (!(await store.create({ ...project, id }))) {
        taken.push(id)
        id = newId(wish, taken)
      }
      return { projectId: id }
    },

    read: async ({ params }) => view(await existing(params.project)),

    async save({ params, body: { project, revision } }) {
      if (project.id !== params.project)
        throw new Refusal('badRequest', { cure: 'The project belongs to another address.' })
      const result = await store.save(project, revision)
      if (!result) throw new Refusal('noSuchProject')
      if (result.outcome === 'conflict') throw new Refusal('conflict', { saved: view(result.saved) })
      return view(result.saved)
    },

    async remove({ params: { project: id } }) {
      await existing(id)
      await forgetConnections(id, proxy).catch((cause: unknown) => {
        throw new Refusal('notDeleted', { cause })
      })
      const endTurn = await takeTurn(id)
      try {
        await store.remove(id)
        await rm(join(sitesFolder, id), { recursive: true, force: true })
      } finally {
        endTurn()
      }
      return undefined
    },

    async *publish({ params, body: { revision, note, overruled } }) {
      const { project, ...saved } = await existing(params.project)
      if (revision !== saved.revision) throw new Refusal('changedMeanwhile')
      const objections = await checkDraft(project, options)
      const open = objections.filter(({ id }) => !overruled.includes(id))
      if (open.length) throw new Refusal('openProblems', { objections: open })
      const endTurn = await takeTurn(project.id)
      try {
        // Somebody may have saved and published while the tenant was asked: nothing older may follow that.
        if ((await existing(project.id)).revision !== revision) throw new Refusal('changedMeanwhile')
        const about = { note, overruled: objections.map(({ title }) => title) }
        return { version: yield* publish(project, about, options) }
      } catch (cause) {
        throw cause instanceof Refusal ? cause : new Refusal('notPublished', { cause })
      } finally {
        endTurn()
      }
    },

    async versions({ params }) {
      const { liveVersion } = await existing(params.project)
      return { live: liveVersion, versions: await store.listVersions(params.project) }
    },

    async version({ params }) {
      const project = await store.readVersion(params.project, params.version)
      if (!project) throw new Refusal('noSuchVersion')
      return { project }
    },

    async setLive({ params, body: { version } }) {
      if (!(await store.readVersion(params.project, version))) throw new Refusal('noSuchVersion')
      await store.setLive(params.project, version)
      return { live: version }
    },
  }
}
