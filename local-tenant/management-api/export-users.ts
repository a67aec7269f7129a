import type { RunningTenant } from '../tenant/tenant.ts'
import { connectionNameOf } from '../tenant/users.ts'
import { toUser } from './user-shape.ts'

export interface Export {
  connection?: string | undefined
  format?: 'json' | 'csv' | undefined
  limit?: number | undefined
  fields?: { name: string; export_as?: string | undefined }[] | undefined
}

const defaultFields = [
  'user_id',
  'email',
  'name',
  'nickname',
  'picture',
  'created_at',
  'updated_at',
  'email_verified',
].map((name) => ({ name, export_as: undefined }))

/** Users as lines of JSON, or as CSV whose cells begin with `'` so that no spreadsheet takes them for a formula. */
export function exportUsers(
  tenant: RunningTenant,
  { connection, format = 'json', limit, fields }: Export,
): string {
  const all = [...tenant.directory.users.values()].filter(
    (user) => connection === undefined || connectionNameOf(tenant.directory, user) === connection,
  )
  const users = all.slice(0, limit).map((user) => toUser(tenant, user))
  if (format === 'json') {
    const shown = users.map((user) => (fields ? pick(user, fields) : user))
    return shown.map((user) => JSON.stringify(user)).join('\n')
  }
  const columns = fields ?? defaultFields
  const header = columns.map(({ name, export_as = name }) => JSON.stringify(export_as)).join(',')
  const rows = users.map((user) => columns.map(({ name }) => cell(valueAt(user, name))).join(','))
  return [header, ...rows].join('\r\n')
}

function pick(user: object, fields: NonNullable<Export['fields']>): object {
  return Object.fromEntries(
    fields.flatMap(({ name, export_as = name }) => {
      const value = valueAt(user, name)
      return value === undefined ? [] : [[export_as, value]]
    }),
  )
}

/** `identities[0].connection` */
function valueAt(user: object, path: string): unknown {
  return path
    .split(/[.[\]]+/)
    .filter(Boolean)
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], user)
}

function cell(value: unknown): string {
  if (value === undefined || value === null || typeof value === 'object') return ''
  return `"'${String(value).replaceAll('"', '""')}"`
}
