import { inject, type InjectionKey } from 'vue'
import type { Scope } from '../../project/bindings.ts'

/** What blocks need of where they stand: a site, or the canvas of the studio. */
export interface BlockHost {
  /** What bindings are looked up in; read inside a render, the render follows it. */
  scope(): Scope
  language(): string
  click(blockId: string): void
  /** The visitor is about to click. */
  prepare(blockId: string): void
  /** Whether the visitor may see a conditional block, by its `visibleTo`. */
  canSee(visibleTo: unknown): boolean
  setVariable(name: string, value: unknown): void
  /** The answer of an API, called with the visitor's access token when there is one and it is wanted. */
  load(url: string, withToken: boolean): Promise<unknown>
}

export const blockHostKey: InjectionKey<BlockHost> = Symbol('block host')

export function useBlockHost(): BlockHost {
  const host = inject(blockHostKey)
  if (!host) throw new Error('This block stands nowhere.')
  return host
}
