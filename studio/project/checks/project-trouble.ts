import type { SiteTrouble } from '@lowgate/editor/checks'

/** Where in the studio a trouble is cured. */
export interface Place {
  pageId?: string
  blockId?: string
  /** Of the session event whose workflow it is. */
  event?: string
  stepId?: string
  screen?: 'settings' | 'authentication'
}

/** Something that visitors would meet, with the place in the studio where it is cured. */
export interface ProjectTrouble extends SiteTrouble<Place> {
  at: Place
}
