type Fields = Record<string, unknown>

/**
 * Auth0's PATCH: keys that were not sent stay, `null` deletes, lists are replaced. Objects inside are merged in
 * the same way, but for those named in `whole`, which are replaced.
 */
export function merge<T extends object>(target: T, changes: object, whole: string[] = []): T {
  const fields = target as Fields
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) continue
    const present = fields[name]
    if (value === null) Reflect.deleteProperty(fields, name)
    else if (isObject(value) && !whole.includes(name))
      fields[name] = merge(isObject(present) ? { ...present } : {}, value)
    else fields[name] = value
  }
  return target
}

/** As {@link merge} for metadata, at the first level only; `{}` clears it. */
export function mergeMetadata(present: Fields | undefined, changes: Fields): Fields {
  if (Object.keys(changes).length === 0) return {}
  return Object.fromEntries(Object.entries({ ...present, ...changes }).filter(([, value]) => value !== null))
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
