import type { ProxyError } from 'lowgate/contract/proxy-api'

/**
 * What `work` answers, or the error of `tooLate` when it takes longer than `ms`. The signal then tells it to write
 * nothing any more; reading that is shared with others goes on.
 */
export async function withDeadline<T>(
  ms: number,
  tooLate: () => ProxyError,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const given = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = tooLate()
      given.abort(error)
      reject(error)
    }, ms)
  })
  try {
    return await Promise.race([work(given.signal), late])
  } finally {
    clearTimeout(timer)
  }
}
