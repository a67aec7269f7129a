import { defineStore } from 'pinia'
import { ref } from 'vue'

/** What the side panel shows: a block of the open page, an event of the session, or the page itself. */
export const useSelection = defineStore('selection', () => {
  const blockId = ref<string>()
  const event = ref<string>()
  const stepId = ref<string>()
  /** The language that texts are written in; the project's first one when absent. */
  const language = ref<string>()

  return {
    blockId,
    event,
    stepId,
    language,
    choosePage: () => (blockId.value = event.value = stepId.value = undefined),
    chooseBlock(id: string, step?: string) {
      event.value = undefined
      blockId.value = id
      stepId.value = step
    },
    chooseEvent(name: string, step?: string) {
      blockId.value = undefined
      event.value = name
      stepId.value = step
    },
  }
})
