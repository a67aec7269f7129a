import {
  environments,
  type Access,
  type Environment,
  type PublicSettings,
  type SiteAddress,
  type UserGroup,
} from '../../../contract/index.ts'
import type { WewebSettings } from './types.ts'

/** What a project's settings hold for its published site, WeWeb's `settings.publicData`. Nothing in it is secret. */
export interface WewebPublicData {
  settings: PublicSettings
  /** Where the site is published: what tells its environment, unless an entry of `settings.origins` does. */
  sites?: Partial<Record<Environment, SiteAddress>>
  /** The page that Auth0 sends visitors back to: one that everyone may see. Default: the home page. */
  landingPageId?: string
  /** Who may see a page, by its id. It adds to what WeWeb's own page settings demand of this plugin. */
  access?: Readonly<Record<string, Access>>
  userGroups?: readonly UserGroup[]
  /** The roles that WeWeb's user groups name by id, where its editor keeps them with the plugin. */
  roles?: readonly { id: string; name: string }[]
}

/** Settings as WeWeb hands them over: those of a project that nobody has set up are empty, or half so. */
export const readPublicData = ({ publicData }: NonNullable<WewebSettings> = {}): WewebPublicData => ({
  ...publicData,
  settings: { connections: {}, ...publicData?.settings },
})

/** The environment of a site: by the address that the builder gave it, else by WeWeb's answer. */
export const toEnvironment = (sites: WewebPublicData['sites'], answer: string | undefined): Environment =>
  environments.find((environment) => sites?.[environment]?.origin === location.origin) ??
  environments.find((environment) => environment === answer) ??
  'production'
