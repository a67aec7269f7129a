import { createWewebPlugin } from 'lowgate/weweb'
import { startRuntime } from 'lowgate/weweb/runtime'
import { runAction } from 'lowgate/workflow-actions'

export { actionDefinitions, actionForm, isComplete } from './action-form.ts'

/** In one file: WeWeb's editor takes no second one of a plugin. */
export const plugin = createWewebPlugin({
  loadRuntime: async () => ({ startRuntime }),
  loadActions: async () => ({ runAction }),
})
