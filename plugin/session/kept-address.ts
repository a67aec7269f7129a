type Purpose = 'after-login' | 'after-logout'

const keyOf = (purpose: Purpose) => `lowgate:${purpose}`

/** Keeps an address of this site in the tab, since Auth0 only ever returns to the fixed ones. */
export function keepAddress(purpose: Purpose, address: string): void {
  try {
    sessionStorage.setItem(keyOf(purpose), address)
  } catch {
    // Without storage the way back leads home.
  }
}

export function keptAddress(purpose: Purpose): string | null {
  try {
    return sessionStorage.getItem(keyOf(purpose))
  } catch {
    return null
  }
}

export function dropAddress(purpose: Purpose): void {
  try {
    sessionStorage.removeItem(keyOf(purpose))
  } catch {
    // What cannot be reached cannot be kept either.
  }
}
