/** Milliseconds after which another tab surely sees what this one wrote to localStorage. */
const settling = 150

/**
 * Lets one tab at a time renew its tokens. The others stay out until they can see the outcome: browsers hand
 * localStorage on between tabs with a delay, and a tab that missed it would use the refresh token a second time,
 * which ends the session everywhere.
 *
 * @param isRenewed Whether `renew` changed anything that others must see.
 * @see https://auth0.com/docs/secure/tokens/refresh-tokens/refresh-token-rotation#automatic-reuse-detection
 */
export function withRenewalLock<T>(
  name: string,
  renew: () => Promise<T>,
  isRenewed: () => boolean,
): Promise<T> {
  if (!('locks' in navigator)) return renew()
  return new Promise((resolve, reject) => {
    void navigator.locks.request(name, async () => {
      await renew().then(resolve, reject)
      if (isRenewed()) await new Promise((done) => setTimeout(done, settling))
    })
  })
}
