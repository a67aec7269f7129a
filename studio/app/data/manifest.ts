import type { ExportReference, Manifest } from 'lowgate/contract'
import * as editor from '@lowgate/editor'
import manifestJson from 'lowgate/manifest.json'
import type { Component } from 'vue'
import { hostStepKinds, type StepKind } from '../../project/host-steps.ts'

/** What there is to mount. The studio learns it only from here. */
export const manifest = manifestJson as unknown as Manifest

/** The panels under “Authentication”. */
export const settingsPanels = manifest.panels.filter(({ place }) => place === 'settings')

const entries: Record<string, Record<string, unknown>> = { '@lowgate/editor': editor }

/** The component that the manifest names as `@lowgate/editor#ConnectionPanel`. */
export function findComponent(reference: ExportReference): Component {
  const [entry = '', name = ''] = reference.split('#')
  const component = entries[entry]?.[name]
  if (!component) throw new Error(`The manifest names ${reference}, which does not exist.`)
  return component as Component
}

function findPanel(code: string): Component {
  const panel = manifest.panels.find((each) => each.code === code)
  if (!panel) throw new Error(`The manifest has no panel “${code}”.`)
  return findComponent(panel.component)
}

/** The form of any workflow action. */
export const ActionForm = findPanel('action-form')

/** Who may see a page, or a part of one. */
export const PageAccess = findPanel('page-access')

/** Everything a workflow can do: the manifest's actions, then the studio's own steps. */
export const stepKinds: StepKind[] = [...manifest.actions, ...hostStepKinds]

export const findStepKind = (code: string): StepKind | undefined =>
  stepKinds.find((kind) => kind.code === code)

/** A step of the studio's own, whose form the manifest does not know. */
export const findHostStep = (code: string): StepKind | undefined =>
  hostStepKinds.find((kind) => kind.code === code)
