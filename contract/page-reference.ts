/** A page of the project as a builder picks it: by id, never by an address that a rename would break. */
export interface PageReference {
  /** Of a page in the project. */
  pageId: string
  /** The parameters in the page's path, by name. */
  params?: Record<string, string> | undefined
  /** By name, in addition to the page's path. */
  query?: Record<string, string> | undefined
  /** With or without its `#`. */
  hash?: string | undefined
  /** One of the project's languages. Absent: the one that the visitor reads. */
  language?: string | undefined
}
