import type { Choice } from 'lowgate/contract/proxy-api'
import type { SourcePage } from './list-source.ts'

/** Milliseconds that one request may spend on turning pages. */
const budget = 4_000
const enough = 20

/**
 * Searches a list that its tenant cannot search, by turning its pages. It stops when enough is found or time is
 * up; the cursor goes on from there, so every item is reachable although a call is short.
 */
export async function scanFor(
  text: string,
  cursor: string | undefined,
  read: (cursor: string | undefined) => Promise<SourcePage>,
): Promise<SourcePage> {
  const wanted = text.toLowerCase()
  const until = Date.now() + budget
  const found = new Map<string, Choice>()
  let at: string | null | undefined = cursor?.replace(/^scan:/, '')
  do {
    const page: SourcePage = await read(at)
    for (const item of page.items) if (matches(item, wanted)) found.set(item.value, item)
    at = page.next
  } while (at !== null && found.size < enough && Date.now() < until)
  return { items: [...found.values()], next: at === null ? null : `scan:${at}` }
}

const matches = ({ value, label, detail }: Choice, wanted: string) =>
  [value, label, detail].some((part) => part?.toLowerCase().includes(wanted))
