import type { RunningTenant } from '../tenant/tenant.ts'
import { invalidQuery } from './errors.ts'
import { operation, type Operation } from './operation.ts'

const DAY = 86_400

export const statsOperations: Operation[] = [
  operation({
    on: 'GET /stats/active-users',
    scopes: ['read:stats'],
    handle({ tenant }) {
      const since = toDay(tenant.clock.now() - 30 * DAY)
      const active = tenant.logs.all().filter(({ type, date }) => type === 's' && date >= since)
      return new Set(active.map(({ user_id }) => user_id)).size
    },
  }),
  operation({
    on: 'GET /stats/daily',
    scopes: ['read:stats'],
    handle({ tenant, query }) {
      const from = bound(query.from, 'from') ?? toDay(tenant.clock.now() - 30 * DAY)
      const to = bound(query.to, 'to') ?? toDay(tenant.clock.now())
      return daily(tenant).filter(({ date }) => date.slice(0, 10) >= from && date.slice(0, 10) <= to)
    },
  }),
]

/** Recorded: days on which nothing happened are missing. */
function daily(tenant: RunningTenant) {
  const days = new Map<string, { logins: number; signups: number; first: string; last: string }>()
  for (const { type, date } of tenant.logs.all()) {
    if (type !== 's' && type !== 'ss') continue
    const day = days.get(date.slice(0, 10)) ?? { logins: 0, signups: 0, first: date, last: date }
    if (type === 's') day.logins += 1
    else day.signups += 1
    days.set(date.slice(0, 10), { ...day, last: date })
  }
  return [...days].map(([day, counts]) => ({
    date: `${day}T00:00:00.000Z`,
    logins: counts.logins,
    signups: counts.signups,
    leaked_passwords: 0,
    created_at: counts.first,
    updated_at: counts.last,
  }))
}

/** `20260131` as `2026-01-31`. */
function bound(text: string | undefined, name: string): string | undefined {
  if (text === undefined) return undefined
  if (!/^\d{8}$/.test(text)) throw invalidQuery(`String does not match pattern ^\\d{8}$: ${text}`, name)
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`
}

function toDay(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10)
}
