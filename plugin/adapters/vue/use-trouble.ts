import { shallowRef, toValue, watch, type MaybeRefOrGetter, type ShallowRef } from 'vue'
import { loadTrouble, type Trouble } from '../../../contract/index.ts'

/**
 * An error in words for a visitor, to follow in a template: `undefined` while there is none, and until its text is
 * downloaded.
 *
 * @example
 * const trouble = useTrouble(error) // {{ trouble?.title }} {{ trouble?.cure }}
 */
export function useTrouble(error: MaybeRefOrGetter<unknown>): Readonly<ShallowRef<Trouble | undefined>> {
  const trouble = shallowRef<Trouble>()
  watch(
    () => toValue(error),
    async (current) => {
      const described = current === undefined ? undefined : await loadTrouble(current)
      // Another one may have come while the text was on its way.
      if (toValue(error) === current) trouble.value = described
    },
    { immediate: true, flush: 'sync' },
  )
  return trouble
}
