import type { Kysely } from 'kysely'
import { impossibleValues } from './connection-rows.ts'
import type { ConnectionRow, Schema } from './schema.ts'

/** Which connection: every question about one names both. */
export interface ConnectionKey {
  project: string
  environment: string
}

/**
 * The saved connections. Nothing here knows what is in a secret. A row that somebody changed by hand into no possible
 * connection counts as absent: `onIgnored` hears of it, and the next save or deletion takes its place.
 */
export function createConnectionStore(
  db: Kysely<Schema>,
  onIgnored: (row: ConnectionKey, values: string[]) => void = () => undefined,
) {
  const isPossible = (row: ConnectionRow) => {
    const impossible = impossibleValues(row)
    if (impossible.length) onIgnored(row, impossible)
    return !impossible.length
  }

  const at = ({ project, environment }: ConnectionKey) =>
    db
      .selectFrom('connections')
      .selectAll()
      .where('project', '=', project)
      .where('environment', '=', environment)

  return {
    find: async (key: ConnectionKey): Promise<ConnectionRow | undefined> =>
      (await at(key).execute()).find(isPossible),

    list: async (project: string): Promise<ConnectionRow[]> => {
      const rows = db.selectFrom('connections').selectAll().where('project', '=', project)
      return (await rows.orderBy('environment').execute()).filter(isPossible)
    },

    /** Writes `row` over revision `row.revision - 1`; `false`, and nothing written, when that is not the saved one. */
    async save(row: ConnectionRow): Promise<boolean> {
      const { project, environment, ...values } = row
      const overwrite = db
        .updateTable('connections')
        .set(values)
        .where('project', '=', project)
        .where('environment', '=', environment)
        .returning('revision')
      const isDone = async (written: { execute(): Promise<unknown[]> }) =>
        (await written.execute()).length === 1

      if (row.revision > 1) return isDone(overwrite.where('revision', '=', row.revision - 1))
      const insert = db
        .insertInto('connections')
        .values(row)
        .onConflict((conflict) => conflict.columns(['project', 'environment']).doNothing())
        .returning('revision')
      if (await isDone(insert)) return true
      const inTheWay = (await at(row).execute()).find((other) => !isPossible(other))
      return inTheWay ? isDone(overwrite.where('secret', '=', inTheWay.secret)) : false
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

    /** Replaces `row.secret` with another encryption of the same secret, unless it was changed meanwhile. */
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
