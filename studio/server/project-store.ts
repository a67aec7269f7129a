import { projectSchema, type Project } from '../project/schema.ts'
import type { ProjectRow, StudioDatabase } from './database.ts'

export interface SavedProject {
  project: Project
  revision: number
  /** ISO 8601. */
  updatedAt: string
  liveVersion: number | null
}

/** What the builder says of a version as they publish it. */
export type PublishNote = Pick<SavedVersion, 'note' | 'overruled'>

export interface SavedVersion {
  version: number
  /** ISO 8601. */
  publishedAt: string
  note: string
  /** The findings that the builder overruled. */
  overruled: string[]
}

export type SaveResult =
  | { outcome: 'saved'; saved: SavedProject }
  /** Somebody else saved meanwhile: `saved` is theirs, and nothing was changed. */
  | { outcome: 'conflict'; saved: SavedProject }

const toSaved = (row: ProjectRow): SavedProject => ({
  project: projectSchema.parse(JSON.parse(row.document)),
  revision: row.revision,
  updatedAt: row.updated_at,
  liveVersion: row.live_version,
})

/** Keeps projects and their published versions. A save names the revision it started from: none is ever lost. */
export function createProjectStore(database: StudioDatabase) {
  async function read(id: string): Promise<SavedProject | undefined> {
    const row = await database.selectFrom('projects').selectAll().where('id', '=', id).executeTakeFirst()
    return row && toSaved(row)
  }

  async function list() {
    return database.selectFrom('projects').select(['id', 'name', 'updated_at']).orderBy('name').execute()
  }

  /** @returns whether it was new; a project that has or had that id is left untouched */
  async function create(project: Project): Promise<boolean> {
    const used = await database
      .selectFrom('used_ids')
      .select('id')
      .where('id', '=', project.id)
      .executeTakeFirst()
    if (used) return false
    const { numInsertedOrUpdatedRows } = await database
      .insertInto('projects')
      .values({
        id: project.id,
        name: project.name,
        document: JSON.stringify(project),
        revision: 1,
        updated_at: new Date().toISOString(),
        live_version: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    return Number(numInsertedOrUpdatedRows) === 1
  }

  return {
    read,

    /** The version that visitors see; null before the first, `undefined` when there is no such project. */
    async liveVersion(id: string): Promise<number | null | undefined> {
      const row = await database
        .selectFrom('projects')
        .select('live_version')
        .where('id', '=', id)
        .executeTakeFirst()
      return row?.live_version
    },

    list,
    create,

    /**
     * What a new studio begins with; nothing where there is a project already, or was one of that id.
     *
     * @returns the id of that project or, without it, of another one; `undefined` when all were deleted
     */
    async startWith(project: Project): Promise<string | undefined> {
      if (!(await list()).length) await create(project)
      const ids = (await list()).map(({ id }) => id)
      return ids.includes(project.id) ? project.id : ids[0]
    },

    /** @returns `undefined` when there is no such project */
    async save(project: Project, revision: number): Promise<SaveResult | undefined> {
      const row = await database
        .updateTable('projects')
        .set({
          name: project.name,
          document: JSON.stringify(project),
          revision: revision + 1,
          updated_at: new Date().toISOString(),
        })
        .where('id', '=', project.id)
        .where('revision', '=', revision)
        .returningAll()
        .executeTakeFirst()
      if (row) return { outcome: 'saved', saved: toSaved(row) }
      const saved = await read(project.id)
      return saved && { outcome: 'conflict', saved }
    },

    async remove(id: string): Promise<boolean> {
      await database.deleteFrom('versions').where('project_id', '=', id).execute()
      await database
        .insertInto('used_ids')
        .values({ id })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      const { numDeletedRows } = await database.deleteFrom('projects').where('id', '=', id).executeTakeFirst()
      return numDeletedRows > 0n
    },

    /** The newest first. */
    async listVersions(projectId: string): Promise<SavedVersion[]> {
      const rows = await database
        .selectFrom('versions')
        .select(['version', 'published_at', 'note', 'overruled'])
        .where('project_id', '=', projectId)
        .orderBy('version', 'desc')
        .execute()
      return rows.map(({ version, published_at, note, overruled }) => ({
        version,
        publishedAt: published_at,
        note,
        overruled: JSON.parse(overruled) as string[],
      }))
    },

    /** The project as it was published. */
    async readVersion(projectId: string, version: number): Promise<Project | undefined> {
      const row = await database
        .selectFrom('versions')
        .select('document')
        .where('project_id', '=', projectId)
        .where('version', '=', version)
        .executeTakeFirst()
      return row && projectSchema.parse(JSON.parse(row.document))
    },

    async nextVersion(projectId: string): Promise<number> {
      const { last } = await database
        .selectFrom('versions')
        .select((select) => select.fn.max('version').as('last'))
        .where('project_id', '=', projectId)
        .executeTakeFirstOrThrow()
      return (last ?? 0) + 1
    },

    async addVersion(project: Project, version: number, about: PublishNote): Promise<void> {
      await database
        .insertInto('versions')
        .values({
          project_id: project.id,
          version,
          document: JSON.stringify(project),
          published_at: new Date().toISOString(),
          note: about.note,
          overruled: JSON.stringify(about.overruled),
        })
        .execute()
    },

    /** From now on the production site shows this version. */
    async setLive(projectId: string, version: number): Promise<void> {
      await database
        .updateTable('projects')
        .set({ live_version: version })
        .where('id', '=', projectId)
        .execute()
    },
  }
}

export type ProjectStore = ReturnType<typeof createProjectStore>
