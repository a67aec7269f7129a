/** A moment as the builder's own clock and language write it, to the minute. */
export const formatTime = (moment: string): string =>
  new Date(moment).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })
