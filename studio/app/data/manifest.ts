import type { ExportReference, Manifest } from 'lowgate/contract'
import * as editor from 'lowgate/editor'
import manifestJson from 'lowgate/manifest.json'
import type { Component } from 'vue'
import { hostStepKinds, type StepKind } from '../../project/host-steps.ts'

/** What there is to mount: the studio learns it from here alone. */
export const manifest = manifestJson as unknown as Manifest

const formOfAction = 'action-form'

/** The panels that stand under “Authentication”; the form of an action stands in its workflow. */
export const settingsPanels = manifest.panels.filter(({ code }) => code !== formOfAction)

const entries: Record<string, Record<string, unknown>> = { 'lowgate/editor': editor }

/** The component that the manifest names as `lowgate/editor#ConnectionPanel`. */
export function findComponent(reference: ExportReference): Component {
  const [entry = '', name = ''] = reference.split('#')
  const component = entries[entry]?.[name]
  if (!component) throw new Error(`The manifest names ${reference}, which does not exist.`)
  return component as Component
}

/** The form of any workflow action. */
export const ActionForm = findComponent(
  manifest.panels.find(({ code }) => code === formOfAction)?.component ?? 'lowgate/editor#ActionForm',
)

/** Everything a workflow can do: the manifest's actions, then the studio's own steps. */
export const stepKinds: StepKind[] = [...manifest.actions, ...hostStepKinds]

export const findStepKind = (code: string): StepKind | undefined =>
  stepKinds.find((kind) => kind.code === code)

/** A step of the studio's own, whose form the manifest does not know. */
export const findHostStep = (code: string): StepKind | undefined =>
  hostStepKinds.find((kind) => kind.code === code)
