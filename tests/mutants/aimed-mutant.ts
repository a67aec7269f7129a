/** One fault that a tired programmer could make, and the tests that have to notice. */
export interface AimedMutant {
  /** What would go wrong, as its finder would report it. */
  readonly fault: string
  readonly file: string
  /** Text that occurs once in the file. */
  readonly from: string
  readonly to: string
  readonly tests: readonly string[]
}
