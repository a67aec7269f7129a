import { LowgateError, type InputOf, type PageReference } from 'lowgate/contract'
import { hostSteps, type HostStepCode } from '../../project/host-steps.ts'
import type { ApiRequest } from '../call-api.ts'

/** What steps can do to the site they run on. */
export interface SiteActions {
  goToPage(page: PageReference): Promise<void>
  setVariable(name: string, value: unknown): void
  callApi(request: ApiRequest): Promise<unknown>
  showMessage(message: { tone: 'info' | 'error'; title: string; text?: string }): void
}

type Inputs = { [C in HostStepCode]: InputOf<(typeof hostSteps)[C]['fields']> }

const runs: { [C in HostStepCode]: (input: Inputs[C], site: SiteActions) => unknown } = {
  goToPage: async ({ page }, site) => site.goToPage(page),
  setVariable: ({ name, value }, site) => site.setVariable(name, value),
  callApi: async (request, site) => site.callApi(request),
  branch: () => undefined,
  showMessage: (message, site) => site.showMessage(message),
}

export const isHostStep = (action: string): action is HostStepCode => Object.hasOwn(hostSteps, action)

/**
 * Runs a step of the studio's own.
 *
 * @throws `input/invalid` naming the field that has no value
 */
export async function runHostStep(
  code: HostStepCode,
  input: Record<string, unknown>,
  site: SiteActions,
): Promise<unknown> {
  const filled: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(hostSteps[code].fields)) {
    const value = input[name] ?? ('default' in field ? field.default : undefined)
    if ('required' in field && (value === undefined || value === ''))
      throw new LowgateError('input/invalid', { field: name, title: `“${field.label}” has no value.` })
    if (value !== undefined && value !== '') filled[name] = value
  }
  const run = runs[code] as (input: Record<string, unknown>, site: SiteActions) => unknown
  return run(filled, site)
}
