import { sql, type Kysely } from 'kysely'
import type { EditorTokenRow, Schema } from './schema.ts'

/** The editor tokens that were issued: what is told of one, never what it is. */
export function createEditorTokenStore(db: Kysely<Schema>) {
  /** Revoked with the token that issued one, its own row untouched: none slips through that is issued meanwhile. */
  const rows = db
    .selectFrom('editor_tokens as token')
    .leftJoin('editor_tokens as issuer', 'issuer.id', 'token.issued_by')
    .selectAll('token')
    .select(sql<string | null>`coalesce(token.revoked_at, issuer.revoked_at)`.as('revoked_at'))

  return {
    find: (id: string): Promise<EditorTokenRow | undefined> =>
      rows.where('token.id', '=', id).executeTakeFirst(),

    /** The newest first. */
    list: (project: string): Promise<EditorTokenRow[]> =>
      rows
        .where('token.project', '=', project)
        .orderBy('token.created_at', 'desc')
        .orderBy('token.id')
        .execute(),

    async add(row: EditorTokenRow): Promise<void> {
      await db.insertInto('editor_tokens').values(row).execute()
    },

    /** Forgets those that ended before `moment`. */
    async forget(moment: string): Promise<void> {
      await db.deleteFrom('editor_tokens').where('expires_at', '<', moment).execute()
    },

    /** @returns whether there is such a token in this project; one that was revoked before keeps its date */
    async revoke(project: string, id: string, moment: string): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('editor_tokens')
        .set({ revoked_at: sql<string>`coalesce(revoked_at, ${moment})` })
        .where('project', '=', project)
        .where('id', '=', id)
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },

    async setLastUse(id: string, moment: string): Promise<void> {
      await db.updateTable('editor_tokens').set({ last_used_at: moment }).where('id', '=', id).execute()
    },
  }
}

export type EditorTokenStore = ReturnType<typeof createEditorTokenStore>
