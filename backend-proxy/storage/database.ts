import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { Kysely, Migrator, PostgresDialect, sql, SqliteDialect } from 'kysely'
import Database from 'libsql'
import { ConfigError } from '../config.ts'
import { withoutTexts } from '../errors.ts'
import { reveal, type Secret } from 'lowgate/contract'
import { migrationProvider } from './migrations.ts'
import type { Schema } from './schema.ts'

export interface Storage {
  db: Kysely<Schema>
  close(): Promise<void>
}

interface StorageOptions {
  databaseUrl?: Secret | string
  dataDir: string
}

/**
 * Opens the database, with its tables made or brought up to date.
 *
 * @throws {ConfigError} when another process holds the embedded file, or the database is configured unusably.
 */
export async function openStorage(options: StorageOptions): Promise<Storage> {
  try {
    return await openMigrated(options)
  } catch (cause) {
    if (cause instanceof ConfigError) throw cause
    const setting = options.databaseUrl ? 'DATABASE_URL' : 'DATA_DIR'
    // Beside its message, a driver's error may carry the address, and with it the password.
    const reason = cause instanceof Error && cause.message
    throw new ConfigError(`${setting} names a database that cannot be used${reason ? ` (${reason})` : ''}.`, {
      cause: withoutTexts(cause),
    })
  }
}

async function openMigrated({ databaseUrl, dataDir }: StorageOptions): Promise<Storage> {
  const storage = databaseUrl ? await openPostgres(reveal(databaseUrl)) : openEmbedded(dataDir)
  try {
    const schema = databaseUrl && (await currentSchema(storage.db))
    const { error } = await new Migrator({
      db: storage.db,
      provider: migrationProvider,
      // Unless it is named, the table of another program in another schema is taken for ours.
      ...(schema && { migrationTableSchema: schema }),
    }).migrateToLatest()
    if (error) throw error
  } catch (error) {
    await storage.close()
    throw error
  }
  return storage
}

async function currentSchema(db: Kysely<Schema>): Promise<string | null> {
  const { rows } = await sql<{ schema: string | null }>`select current_schema() as schema`.execute(db)
  return rows[0]?.schema ?? null
}

async function openPostgres(connectionString: string): Promise<Storage> {
  const { default: pg } = await import('pg')
  const pool = new pg.Pool({ connectionString, max: 10, connectionTimeoutMillis: 5_000 })
  // A connection that the server ends fails its query, or is replaced when idle; unheard, the event would end the process.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
  return { db, close: () => db.destroy() }
}

function openEmbedded(dataDir: string): Storage {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const unlock = lock(dataDir)
  const file = join(dataDir, 'proxy.db')
  keepPrivate(file)
  // SQLite gives these the mode of the database; a crash may have left some of before.
  for (const journal of [`${file}-wal`, `${file}-shm`]) if (existsSync(journal)) keepPrivate(journal)
  const database = new Database(file)
  database.pragma('journal_mode = WAL')
  // An acknowledged save is on the disk, even when the power fails right after it.
  database.pragma('synchronous = FULL')
  // As long as a backup or an operator's own query may hold it: one waiting statement blocks the whole process.
  database.pragma('busy_timeout = 250')
  const db = new Kysely<Schema>({ dialect: new SqliteDialect({ database }) })
  return {
    db,
    async close() {
      await db.destroy()
      unlock()
    },
  }
}

/**
 * Lets nobody but this user read `file`, whatever the folder allows. A file that is there is not opened: closing it
 * would end the locks that this process has on it.
 */
function keepPrivate(file: string): void {
  if (!existsSync(file)) return closeSync(openSync(file, 'a', 0o600))
  try {
    chmodSync(file, 0o600)
  } catch {
    // Another user's file, or a file system without modes: whether it can be used shows when it is opened.
  }
}

/** Held on a file of its own, so that backups may read the database while the proxy runs; it ends with the process. */
function lock(dataDir: string): () => void {
  const file = join(dataDir, 'proxy.lock')
  // Anybody who can read it can lock it, and keep this proxy from starting.
  keepPrivate(file)
  const holder = new Database(file)
  try {
    holder.exec('BEGIN EXCLUSIVE')
  } catch (cause) {
    holder.close()
    if (codeOf(cause) !== 'SQLITE_BUSY') throw cause
    throw new ConfigError(
      `Another backend proxy already uses ${dataDir}. Stop that one, give this one another DATA_DIR, ` +
        'or let both share a PostgreSQL server through DATABASE_URL.',
      { cause },
    )
  }
  return () => {
    holder.exec('ROLLBACK')
    holder.close()
  }
}

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined

/** Whether the database refused a write because its disk, or its quota, is full. */
export const isStorageFull = (error: unknown): boolean =>
  ['SQLITE_FULL', '53100'].includes(codeOf(error) ?? '')

/**
 * Whether somebody else holds the embedded file, or PostgreSQL cannot be reached or is shutting down.
 *
 * @see https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
export function isStorageDown(error: unknown): boolean {
  if (
    /^(ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|ENOTFOUND|08...|57P0.|53300|SQLITE_BUSY)$/.test(
      codeOf(error) ?? '',
    )
  )
    return true
  // The driver has no code for these.
  return (
    error instanceof Error &&
    /^(timeout exceeded when trying to connect|Connection terminated)/.test(error.message)
  )
}
