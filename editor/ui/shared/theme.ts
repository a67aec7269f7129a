import { inject, provide, toRef, type Ref } from 'vue'

export type Theme = 'light' | 'dark' | undefined

const key = Symbol('lowgate theme')

/** Lets what floats outside the root element wear the same theme as the root. */
export function provideTheme(theme: () => Theme) {
  provide(key, toRef(theme))
}

/** The theme chosen on the nearest LgRoot; `undefined` follows the page and the system. */
export const useTheme = (): Ref<Theme> => inject(key, () => toRef<Theme>(undefined), true) as Ref<Theme>
