import { onScopeDispose, ref, watch, type Ref } from 'vue'

/** The value of `source` once it has stopped changing for `delay` milliseconds. Values are compared as JSON. */
export function useSettled<T>(source: () => T, delay: number): Ref<T> {
  const settled = ref(source()) as Ref<T>
  let timer: ReturnType<typeof setTimeout>
  watch(
    () => JSON.stringify(source()),
    () => {
      clearTimeout(timer)
      timer = setTimeout(() => (settled.value = source()), delay)
    },
  )
  onScopeDispose(() => clearTimeout(timer))
  return settled
}
