import type { Severity, Trouble } from 'lowgate/contract'

/** Something that visitors would meet, found before they do. */
export interface SiteTrouble<Place> extends Trouble {
  /** The same for the same trouble at the same place, so that it can be overruled by name. */
  id: string
  /** An error breaks the site for some visitor; a warning probably does. */
  severity: Exclude<Severity, 'notice'>
  cure: string
  /** Where it is cured; absent when that is in the panels for settings. */
  at?: Place
}

/** What names a trouble. @param key where a project can have several of the same code */
export const identity = (code: string, key?: string): Pick<SiteTrouble<never>, 'code' | 'id' | 'owner'> => ({
  code,
  id: key === undefined ? code : `${code}:${key}`,
  owner: 'builder',
})
