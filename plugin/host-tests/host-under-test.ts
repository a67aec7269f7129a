/** Somebody who can be at the tenant’s login page. */
export interface HostPerson {
  email: string
  password: string
}

/** A page of the app. */
export interface HostPage {
  /** Where the browser finds it, with scheme and host. */
  address: string
  /** What {@link HostTab.headline} answers while it is on show. */
  headline: string
}

/** One tab of a real browser. With Playwright it is about twenty lines around a `Page`. */
export interface HostTab {
  /** Loads an address, as if it were typed. */
  goto(address: string): Promise<unknown>
  /** The address that the browser shows. */
  url(): string
  /** Presses the app’s own button, where it is on show: once, or twice as fast as an impatient visitor. */
  press(button: 'login' | 'logout', times: 1 | 2): Promise<unknown>
  /** Waits for the tenant’s login page, and logs a person in there. */
  logIn(person: HostPerson): Promise<unknown>
  /** Whether the tenant’s login page is on show. */
  isAtLogin(): Promise<boolean>
  /** The e-mail address that the page shows as the visitor’s; `undefined` while it shows none. */
  visitor(): Promise<string | undefined>
  /** What the page on show is called: its heading, or the title of an error; `undefined` while there is none. */
  headline(): Promise<string | undefined>
  /** All that were in the tab’s documents so far, however briefly, but for those that a style sheet kept unseen. */
  headlines(): readonly string[]
  /** The addresses of all requests of the tab so far. */
  requests(): readonly string[]
}

/** A browser that starts with nothing: no cookie, nothing stored. */
export interface HostBrowser {
  newTab(): Promise<HostTab>
  close(): Promise<unknown>
}

/** An app that logs in by your host, and how a test works it. */
export interface HostUnderTest {
  openBrowser(): Promise<HostBrowser>
  /** One that everyone may see and that has the buttons, one for those who are logged in, one for managers. */
  pages: { open: HostPage; members: HostPage; managers: HostPage }
  /** One with the manager’s role, one without, and one whom the tenant lets in nowhere. */
  people: { manager: HostPerson; member: HostPerson; blocked: HostPerson }
  /** Whether a file has what only the private pages show. Default: no such files are known. */
  isPrivateFile?(address: string): boolean
  /** The headline that a visitor reads who may not see a page. Default: Lowgate’s own words. */
  deniedHeadline?: string
}
