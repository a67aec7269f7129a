import { watchDebounced } from '@vueuse/core'
import { shallowRef, type ShallowRef } from 'vue'

/** The value of `source` once it has stopped changing for `delay` milliseconds. Values are compared as JSON. */
export function useSettled<T>(source: () => T, delay: number): ShallowRef<T> {
  const settled = shallowRef(source())
  watchDebounced(
    () => JSON.stringify(source()),
    () => (settled.value = source()),
    { debounce: delay },
  )
  return settled
}
