import { toText } from '../../project/bindings.ts'

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  value === false ||
  (Array.isArray(value) && !value.length)

/** The way that a branch takes, by its fields with bindings resolved. */
export function chooseWay({ value, test = 'filled', to }: Record<string, unknown>): 'then' | 'otherwise' {
  const holds = {
    filled: () => !isEmpty(value),
    empty: () => isEmpty(value),
    equals: () => toText(value) === toText(to),
    contains: () =>
      Array.isArray(value) ? value.map(toText).includes(toText(to)) : toText(value).includes(toText(to)),
  }[test as 'filled']
  return holds() ? 'then' : 'otherwise'
}
