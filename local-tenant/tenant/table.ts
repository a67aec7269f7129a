/**
 * Things by id, with a second look-up by name. Several may share a name. Who renames a thing has to `set` it again.
 */
export class Table<T> extends Map<string, T> {
  readonly #nameOf: (item: T) => string
  readonly #names = new Map<string, string>()
  readonly #ids = new Map<string, Set<string>>()

  constructor(nameOf: (item: T) => string, entries: Iterable<[string, T]> = []) {
    super()
    this.#nameOf = nameOf
    for (const [id, item] of entries) this.set(id, item)
  }

  /** The thing of this name that was added first. */
  named(name: string | undefined): T | undefined {
    return name === undefined ? undefined : this.allNamed(name)[0]
  }

  allNamed(name: string): T[] {
    return [...(this.#ids.get(name) ?? [])].map((id) => this.get(id) as T)
  }

  override set(id: string, item: T): this {
    this.#forgetName(id)
    const name = this.#nameOf(item)
    this.#names.set(id, name)
    this.#ids.set(name, (this.#ids.get(name) ?? new Set()).add(id))
    return super.set(id, item)
  }

  override delete(id: string): boolean {
    this.#forgetName(id)
    return super.delete(id)
  }

  #forgetName(id: string): void {
    const name = this.#names.get(id)
    if (name === undefined) return
    this.#names.delete(id)
    const ids = this.#ids.get(name)
    ids?.delete(id)
    if (ids?.size === 0) this.#ids.delete(name)
  }
}
