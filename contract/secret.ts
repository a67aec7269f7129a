/** Where Node's `inspect`, and so `console.log`, looks for how to print an object. */
const inspected: unique symbol = Symbol.for('nodejs.util.inspect.custom')

/**
 * A text that no dump, log or JSON shows: whatever prints it prints `[secret]`. Only {@link reveal} hands it out.
 *
 * @example
 * console.log({ token: new Secret('hunter2') }) // { token: [secret] }
 */
export class Secret {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  reveal(): string {
    return this.#text
  }

  toString(): string {
    return '[secret]'
  }

  toJSON(): string {
    return this.toString()
  }

  [inspected](): string {
    return this.toString()
  }
}

/** The text itself, for the one place that uses it. */
export const reveal = (secret: Secret | string): string =>
  typeof secret === 'string' ? secret : secret.reveal()
