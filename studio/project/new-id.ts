/** An id that is free among `taken`: the wish itself, else the wish with the first free number from 2. */
export function newId(wish: string, taken: Iterable<string>): string {
  const used = new Set(taken)
  const stem = wish.slice(0, 60)
  if (!used.has(stem)) return stem
  let number = 2
  while (used.has(`${stem}${number}`)) number += 1
  return `${stem}${number}`
}

/** A name in a form that an address or an id allows: `Our team!` is `our-team`. */
export const toSlug = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 48)
    .replace(/^-+|-+$/g, '')
