import type { Kysely, Migration } from 'kysely'

const projectsAndVersions: Migration = {
  async up(database: Kysely<unknown>) {
    await database.schema
      .createTable('projects')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('document', 'text', (column) => column.notNull())
      .addColumn('revision', 'integer', (column) => column.notNull())
      .addColumn('updated_at', 'text', (column) => column.notNull())
      .addColumn('live_version', 'integer')
      .execute()
    await database.schema
      .createTable('versions')
      .addColumn('project_id', 'text', (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('document', 'text', (column) => column.notNull())
      .addColumn('published_at', 'text', (column) => column.notNull())
      .addColumn('note', 'text', (column) => column.notNull())
      .addColumn('overruled', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('versions_key', ['project_id', 'version'])
      .execute()
  },
}

const usedIds: Migration = {
  async up(database: Kysely<unknown>) {
    await database.schema
      .createTable('used_ids')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .execute()
  },
}

/** In the order of their names; one that was released is never changed. */
export const migrations: Record<string, Migration> = {
  '001-projects-and-versions': projectsAndVersions,
  '002-used-ids': usedIds,
}
