import type { Kysely } from 'kysely'
import type { ConnectionRow, Schema } from './schema.ts'

/** Which connection: every question about one names both. */
export interface ConnectionKey {
  project: string
  environment: string
}

/** The saved connections. Nothing here knows what is in a secret. */
export function createConnectionStore(db: Kysely<Schema>) {
  const at = ({ project, environment }: ConnectionKey) =>
    db
      .selectFrom('connections')
      .selectAll()
      .where('project', '=', project)
      .where('environment', '=', environment)

  return {
    find: (key: ConnectionKey): Promise<ConnectionRow | undefined> => at(key).executeTakeFirst(),

    list: (project: string): Promise<ConnectionRow[]> =>
      db
        .selectFrom('connections')
        .selectAll()
        .where('project', '=', project)
        .orderBy('environment')
        .execute(),

    /** Writes `row` over revision `row.revision - 1`; `false`, and nothing written, when that is not the saved one. */
    async save(row: ConnectionRow): Promise<boolean> {
      const { project, environment, ...values } = row
      const written =
        row.revision === 1
          ? db
              .insertInto('connections')
              .values(row)
              .onConflict((conflict) => conflict.columns(['project', 'environment']).doNothing())
              .returning('revision')
          : db
              .updateTable('connections')
              .set(values)
              .where('project', '=', project)
              .where('environment', '=', environment)
              .where('revision', '=', row.revision - 1)
              .returning('revision')
      return (await written.execute()).length === 1
    },

    async remove({ project, environment }: ConnectionKey): Promise<boolean> {
      const { numDeletedRows } = await db
        .deleteFrom('connections')
        .where('project', '=', project)
        .where('environment', '=', environment)
        .executeTakeFirst()
      return numDeletedRows > 0n
    },

    /** A few of the rows whose secret is encrypted with another key than `keyId`. */
    notEncryptedWith: (keyId: string, after?: ConnectionKey): Promise<ConnectionRow[]> => {
      const others = db.selectFrom('connections').selectAll().where('key_id', '!=', keyId)
      const rest = after
        ? others.where(({ eb, refTuple, tuple }) =>
            eb(refTuple('project', 'environment'), '>', tuple(after.project, after.environment)),
          )
        : others
      return rest.orderBy('project').orderBy('environment').limit(100).execute()
    },

    /** Puts another encryption of the same secret in the place of `row.secret`, unless it was changed meanwhile. */
    async replaceSecret(row: ConnectionRow, secret: string, keyId: string): Promise<void> {
      await db
        .updateTable('connections')
        .set({ secret, key_id: keyId })
        .where('project', '=', row.project)
        .where('environment', '=', row.environment)
        .where('secret', '=', row.secret)
        .execute()
    },

    /** The ids of all keys that saved secrets are encrypted with. */
    keyIds: async (): Promise<string[]> => {
      const rows = await db.selectFrom('connections').select('key_id').distinct().execute()
      return rows.map((row) => row.key_id)
    },
  }
}

export type ConnectionStore = ReturnType<typeof createConnectionStore>
