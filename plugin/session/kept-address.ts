import type { RuntimeHost } from '../../contract/index.ts'
import { nameFor } from './names.ts'

type Purpose = 'after-login' | 'after-logout'
type Host = Pick<RuntimeHost, 'site'>

/** Keeps an address of this site in the tab, since Auth0 only ever returns to the fixed ones. */
export function keepAddress({ site }: Host, purpose: Purpose, address: string): void {
  try {
    sessionStorage.setItem(nameFor(site, purpose), address)
  } catch {
    // Without storage the way back leads home.
  }
}

export function keptAddress({ site }: Host, purpose: Purpose): string | null {
  try {
    return sessionStorage.getItem(nameFor(site, purpose))
  } catch {
    return null
  }
}

export function dropAddress({ site }: Host, purpose: Purpose): void {
  try {
    sessionStorage.removeItem(nameFor(site, purpose))
  } catch {
    // What cannot be reached cannot be kept either.
  }
}
