import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Kysely, Migrator, SqliteDialect, sql } from 'kysely'
import Database from 'libsql'
import { migrations } from './migrations.ts'

export interface ProjectRow {
  id: string
  name: string
  /** The project as JSON. */
  document: string
  revision: number
  updated_at: string
  /** The version that the production site shows; null until something is published. */
  live_version: number | null
}

export interface VersionRow {
  project_id: string
  version: number
  document: string
  published_at: string
  /** What the builder wrote about it. */
  note: string
  /** The findings that the builder overruled, as a JSON list of texts. */
  overruled: string
}

/** The id of a deleted project: browsers may still keep what its site stored at the origin that it names. */
export interface UsedIdRow {
  id: string
}

export interface Tables {
  used_ids: UsedIdRow
  projects: ProjectRow
  versions: VersionRow
}

export type StudioDatabase = Kysely<Tables>

/** Opens the studio's database in `folder`, made and migrated when need be. */
export async function openDatabase(folder: string): Promise<StudioDatabase> {
  mkdirSync(folder, { recursive: true })
  const file = new Database(join(folder, 'studio.db'))
  const database = new Kysely<Tables>({ dialect: new SqliteDialect({ database: file }) })
  await sql`pragma journal_mode = wal`.execute(database)
  await sql`pragma synchronous = full`.execute(database)
  const migrator = new Migrator({ db: database, provider: { getMigrations: async () => migrations } })
  const { error } = await migrator.migrateToLatest()
  if (error) throw new Error('The studio’s database could not be brought up to date.', { cause: error })
  return database
}
