import type { Router } from 'vue-router'

/** A page of a WeWeb project, in WeWeb's words. */
export interface WwPage {
  id: string
  name?: string
  /** Below the language's prefix and without the first slash, by language. A parameter is written `{{name|default}}`. */
  paths: Record<string, string>
  langs: readonly string[]
  /** The first entry means "logged in"; each further one is a group whose roles let a visitor in. */
  pageUserGroups?: readonly { userGroup?: { roles?: readonly { value: string }[] } | string | null }[]
}

/** What Lowgate uses of the object that WeWeb gives to plugins, in the editor and on a published site. */
export interface WwLib {
  /** Only in the editor. */
  manager?: unknown
  getFrontRouter(): Router
  getEnvironment?(): string
  wwLang: { lang: string }
  wwWebsiteData: {
    getInfo(): { id: string; homePageId: string; langs: readonly WwLanguage[] }
    getPages(): readonly WwPage[]
  }
  wwPageHelper: { getPagePath(pageId: string, language?: string): string }
  wwApp: { goTo(pageId: string): void }
  wwVariable: { updateValue(id: string, value: unknown): void }
  wwWorkflow: { executeTrigger(name: string, options: { event: unknown }): void }
  wwAuth?: { plugin?: { id: string } | null }
  wwLog: { error(...details: unknown[]): void }
}

export interface WwLanguage {
  lang: string
  default?: boolean
  /** Whether the default language has a prefix too. */
  isDefaultPath?: boolean
}

declare global {
  var wwLib: WwLib
}
