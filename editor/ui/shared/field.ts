import { computed, inject, provide, type ComputedRef, type InjectionKey } from 'vue'

/** What a control takes over from the field around it, so that label, help and error are read out with it. */
export interface ControlAttributes {
  id?: string
  'aria-describedby'?: string
  'aria-invalid'?: 'true'
  'aria-required'?: 'true'
}

const key: InjectionKey<ComputedRef<ControlAttributes>> = Symbol('lowgate field')

export function provideField(attributes: () => ControlAttributes) {
  provide(key, computed(attributes))
}

/** The attributes for the one control of the surrounding LgField; empty outside of one. */
export const useField = (): ComputedRef<ControlAttributes> => inject(key, () => computed(() => ({})), true)
