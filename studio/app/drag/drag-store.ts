import { defineStore } from 'pinia'
import { ref } from 'vue'

/** What is being moved by keyboard, and what is said about it. */
export const useDragStore = defineStore('drag', () => {
  /** The id of what was lifted by keyboard. */
  const lifted = ref<string>()
  /** The project as JSON before it was lifted, to go back to. */
  const before = ref('')
  const spoken = ref('')
  return { lifted, before, spoken }
})
