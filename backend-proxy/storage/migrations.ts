import type { Kysely, Migration, MigrationProvider } from 'kysely'

/** Run in the order of their names, on the embedded database and on PostgreSQL alike. Never change one that shipped. */
const migrations: Record<string, Migration> = {
  '001-connections': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('connections')
        .addColumn('project', 'text', (column) => column.notNull())
        .addColumn('environment', 'text', (column) => column.notNull())
        .addColumn('revision', 'integer', (column) => column.notNull())
        .addColumn('domain', 'text', (column) => column.notNull())
        .addColumn('m2m_client_id', 'text', (column) => column.notNull())
        .addColumn('secret', 'text', (column) => column.notNull())
        .addColumn('key_id', 'text', (column) => column.notNull())
        .addColumn('client_id', 'text')
        .addColumn('audience', 'text')
        .addColumn('organization', 'text')
        .addColumn('custom_domain', 'text')
        .addColumn('updated_at', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('connections_pk', ['project', 'environment'])
        .execute()
      await db.schema
        .createTable('settings')
        .addColumn('name', 'text', (column) => column.primaryKey())
        .addColumn('value', 'text', (column) => column.notNull())
        .execute()
    },
  },
}

export const migrationProvider: MigrationProvider = {
  getMigrations: () => Promise.resolve(migrations),
}
