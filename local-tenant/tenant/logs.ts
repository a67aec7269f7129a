import type { Clock } from './clock.ts'

/** What happened, in the words of a tenant log. @see https://auth0.com/docs/deploy-monitor/logs/log-event-type-codes */
export interface LogEvent {
  /** A code such as `s` (login), `fp` (wrong password), `sapi` (a write by the Management API). */
  type: string
  description?: string | undefined
  client_id?: string | undefined
  client_name?: string | undefined
  connection?: string | undefined
  connection_id?: string | undefined
  user_id?: string | undefined
  user_name?: string | undefined
  organization_id?: string | undefined
  organization_name?: string | undefined
  ip?: string | undefined
  user_agent?: string | undefined
  audience?: string | undefined
  scope?: string | undefined
  details?: Record<string, unknown> | undefined
}

export interface LogRecord extends LogEvent {
  _id: string
  log_id: string
  /** ISO 8601, in the tenant's time. */
  date: string
}

/** The tenant's log, oldest first. */
export interface Logs {
  add(event: LogEvent): void
  all(): readonly LogRecord[]
}

const MAXIMUM_RECORDS = 20_000

export function createLogs(clock: Clock): Logs {
  const records: LogRecord[] = []
  let count = 0
  return {
    add(event) {
      const date = new Date(Date.now() + clock.offset * 1000).toISOString()
      const log_id = `900${date.replace(/\D/g, '')}${String((count += 1)).padStart(12, '0')}`
      records.push({ _id: log_id, log_id, date, description: '', ...event })
      if (records.length > MAXIMUM_RECORDS) records.splice(0, records.length - MAXIMUM_RECORDS)
    },
    all: () => records,
  }
}
