import { inspect } from 'node:util'

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

  [inspect.custom](): string {
    return this.toString()
  }
}

/** The text itself, for the one place that uses it. */
export const reveal = (secret: Secret | string): string =>
  typeof secret === 'string' ? secret : secret.reveal()
