/**
 * What WeWeb's editor loads of the plugin, in one file, since it takes no second one.
 *
 * @module
 */
import { createWewebPlugin } from 'lowgate/weweb'
import { startRuntime } from 'lowgate/weweb/runtime'
import { runAction } from 'lowgate/workflow-actions'

export { actionDefinitions, actionForm, isComplete } from './action-form.ts'
export { mountPanel, mountPicker } from './panels/mount-panel.ts'

export const plugin = createWewebPlugin({
  loadRuntime: async () => ({ startRuntime }),
  loadActions: async () => ({ runAction }),
})
