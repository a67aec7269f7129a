import type { WewebPublicData, WwLanguage, WwPage } from 'lowgate/weweb'

/** What WeWeb calls the plugin in this project. */
export const pluginId = 'f0f0-lowgate'

/** What a test's server writes into each page of the fake site. */
export interface Design {
  id: string
  homePageId: string
  /** Whether the plugin is the project's authentication. */
  authPluginId: string | null
  langs: WwLanguage[]
  pages: (WwPage & { name: string })[]
  /** The path that the site lives under, in WeWeb's words. */
  baseTag?: { href: string }
  /** What WeWeb answers for the site's environment. */
  environment: string
  /** Whether the pages were rendered before they were published. */
  prerendered: boolean
  settings: { publicData: Partial<WewebPublicData> }
}

declare global {
  interface Window {
    design: Design
    /** What the site was told, in order. */
    told: { triggers: [name: string, event: unknown][]; variables: Record<string, unknown>; errors: string[] }
  }
}
