import { computed, shallowRef } from 'vue'

const limit = 100

/** Changes that follow each other faster than this, such as the letters of a word, are undone together. Milliseconds. */
const together = 800

/** States to go back and forth between, as text. */
export function createHistory() {
  const past = shallowRef<string[]>([])
  const future = shallowRef<string[]>([])
  let lastChange = { label: '', at: 0 }

  return {
    canUndo: computed(() => past.value.length > 0),
    canRedo: computed(() => future.value.length > 0),

    /** Notes the state before a change; `label` tells changes of one thing from those of another. */
    remember(state: string, label: string) {
      const now = Date.now()
      const continues = label === lastChange.label && now - lastChange.at < together
      lastChange = { label, at: now }
      if (!continues) past.value = [...past.value.slice(1 - limit), state]
      future.value = []
    },

    undo(current: string): string | undefined {
      const state = past.value.at(-1)
      if (state === undefined) return undefined
      past.value = past.value.slice(0, -1)
      future.value = [...future.value, current]
      lastChange = { label: '', at: 0 }
      return state
    },

    redo(current: string): string | undefined {
      const state = future.value.at(-1)
      if (state === undefined) return undefined
      future.value = future.value.slice(0, -1)
      past.value = [...past.value, current]
      return state
    },

    clear() {
      past.value = []
      future.value = []
    },
  }
}
