import type { Kysely } from 'kysely'
import type { Schema } from './schema.ts'

/** The value saved under `name` afterwards: the existing one, else `value`; `created` tells which. */
export async function keepFirst(db: Kysely<Schema>, name: string, value: string) {
  const inserted = await db
    .insertInto('settings')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .returning('value')
    .executeTakeFirst()
  if (inserted) return { value, created: true }
  const kept = await db
    .selectFrom('settings')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  return { value: kept.value, created: false }
}
