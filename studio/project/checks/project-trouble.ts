import type { Severity, Trouble } from 'lowgate/contract'

/** Where in the studio a trouble is cured. */
export interface Place {
  pageId?: string
  blockId?: string
  /** Of the session event whose workflow it is. */
  event?: string
  stepId?: string
  screen?: 'settings' | 'authentication'
}

/** Something that visitors would meet, found before they do. */
export interface ProjectTrouble extends Trouble {
  /** The same for the same trouble at the same place, so that it can be overruled by name. */
  id: string
  /** An error breaks the site for some visitor; a warning probably does. */
  severity: Exclude<Severity, 'notice'>
  cure: string
  at: Place
}

/** What names a trouble. @param key where the project can have several of the same code */
export const identity = (code: string, key?: string): Pick<ProjectTrouble, 'code' | 'id' | 'owner'> => ({
  code,
  id: key === undefined ? code : `${code}:${key}`,
  owner: 'builder',
})
