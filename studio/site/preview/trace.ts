import { shallowRef } from 'vue'
import type { TraceEntry } from '../workflows/run-workflow.ts'

const key = 'preview-trace'
const limit = 50

const jwt = /\bey[\w-]+\.[\w-]+\.[\w-]*/g

const masked = (token: string): string => `${token.slice(0, 6)}… (a token)`

/** Tokens are never shown whole, nor kept: those that can be told by their form, and `opaque` ones that cannot. */
const withoutTokens = (value: unknown, opaque: ReadonlySet<string>): unknown =>
  JSON.parse(
    JSON.stringify(value ?? null, (_, inner: unknown) =>
      typeof inner === 'string'
        ? [...opaque].reduce(
            (text, token) => text.replaceAll(token, masked(token)),
            inner.replace(jwt, masked),
          )
        : inner,
    ),
  )

function read(): TraceEntry[] {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? '[]') as TraceEntry[]
  } catch {
    return []
  }
}

/** The steps that ran in this tab, kept over the redirects of logging in; the newest first. */
export function createTrace() {
  const entries = shallowRef(read())
  const opaque = new Set<string>()

  function keep(next: TraceEntry[]): void {
    entries.value = next.slice(0, limit)
    try {
      sessionStorage.setItem(key, JSON.stringify(entries.value))
    } catch {
      // Without storage the trace lasts as long as the page.
    }
  }

  return {
    entries,
    add(entry: TraceEntry) {
      if (entry.action === 'getAccessToken' && typeof entry.result === 'string' && entry.result)
        opaque.add(entry.result)
      const clean = withoutTokens(entry, opaque) as TraceEntry
      const others = entries.value.filter(
        ({ step, startedAt }) => step !== entry.step || startedAt !== entry.startedAt,
      )
      keep([clean, ...others])
    },
    clear: () => keep([]),
  }
}
