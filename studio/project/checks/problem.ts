/** Where in the studio a problem is mended. */
export interface Place {
  pageId?: string
  blockId?: string
  /** Of the session event whose workflow it is. */
  event?: string
  stepId?: string
  screen?: 'settings' | 'authentication'
}

/** Something that visitors would meet, found before they do. */
export interface Problem {
  /** The same for the same problem at the same place, so that it can be overruled by name. */
  id: string
  /** An error breaks the site for some visitor; a warning probably does. */
  severity: 'error' | 'warning'
  title: string
  /** What to do about it. */
  cure: string
  at: Place
}
