import { shallowRef } from 'vue'
import type { TraceEntry } from '../workflows/run-workflow.ts'

const key = 'preview-trace'
const limit = 50

const token = /^ey[\w-]+\.[\w-]+\.[\w-]*$/

/** Tokens are never shown whole, nor kept. */
const withoutTokens = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value ?? null, (_, inner: unknown) =>
      typeof inner === 'string' && token.test(inner) ? `${inner.slice(0, 6)}… (a token)` : inner,
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
      const clean = withoutTokens(entry) as TraceEntry
      const others = entries.value.filter(
        ({ step, startedAt }) => step !== entry.step || startedAt !== entry.startedAt,
      )
      keep([clean, ...others])
    },
    clear: () => keep([]),
  }
}
