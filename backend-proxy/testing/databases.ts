import { randomBytes } from 'node:crypto'
import pg from 'pg'

const server = process.env.TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/test'

async function query(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: server, connectionTimeoutMillis: 1_000 })
  await client.connect()
  await client.query(sql)
  await client.end()
}

const reachable = await query('select 1').then(
  () => true,
  () => false,
)

if (!reachable)
  process.stderr.write('Tests on PostgreSQL are skipped: set TEST_DATABASE_URL to a server to run them.\n')

export interface TestDatabase {
  /** What the proxy's configuration says of it; the embedded database says nothing. */
  config: { databaseUrl?: string }
  drop(): Promise<void>
}

/** The databases that the proxy runs on: everything it promises, it promises on each. */
export const databases: { name: string; skip: boolean; create(): Promise<TestDatabase> }[] = [
  {
    name: 'the embedded database',
    skip: false,
    create: () => Promise.resolve({ config: {}, drop: () => Promise.resolve() }),
  },
  {
    name: reachable ? 'PostgreSQL' : 'PostgreSQL (skipped: no server at TEST_DATABASE_URL)',
    skip: !reachable,
    async create() {
      const schema = `lowgate_${randomBytes(6).toString('hex')}`
      await query(`create schema ${schema}`)
      const url = new URL(server)
      url.searchParams.set('options', `-c search_path=${schema}`)
      return { config: { databaseUrl: url.href }, drop: () => query(`drop schema ${schema} cascade`) }
    },
  },
]
