export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** One line of a benchmark; `ratio` is how many times less ours takes. */
export function report(name: string, ours: number, anchor: number, unit: string): void {
  const round = (value: number) => (Number.isInteger(value) ? value : Number(value.toPrecision(4)))
  console.log(
    `${name} ours=${String(round(ours))} anchor=${String(round(anchor))} ratio=${String(round(anchor / ours))} unit=${unit}`,
  )
}
