import { computed, inject, provide, toRef, type InjectionKey, type Ref } from 'vue'

export type Theme = 'light' | 'dark' | undefined

const key: InjectionKey<Ref<Theme>> = Symbol('lowgate theme')

/** Lets what floats outside the root element wear the same theme as the root. */
export function provideTheme(theme: () => Theme) {
  provide(key, toRef(theme))
}

/** The theme chosen on the nearest LgRoot; `undefined` follows the page and the system. */
export const useTheme = (): Ref<Theme> => inject(key, () => toRef<Theme>(undefined), true)

/**
 * The attributes of an element that floats outside the root: it looks like the root and lies above the page.
 *
 * @param above how many layers above the others; 0 by default
 */
export function useLayer(above = 0) {
  const theme = useTheme()
  return computed(() => ({
    class: 'lg',
    'data-theme': theme.value,
    style: { zIndex: `calc(var(--lg-layer) + ${above})` },
  }))
}
