import type { Environment } from 'lowgate/contract'

/** What a builder calls the environments. */
export const environmentNames: Record<Environment, string> = {
  preview: 'Preview',
  production: 'Production',
  staging: 'Staging',
  editor: 'Editor',
}

/** The order of the panel: the two that every project has come first. */
export const panelOrder: readonly Environment[] = ['preview', 'production', 'staging', 'editor']
