import { inject, type InjectionKey } from 'vue'
import type { Scope } from '../../project/bindings.ts'

/** What a data block asks for; its bindings are filled in by the host. */
export interface DataRequest {
  url: string
  /** Names with texts. */
  query: unknown
  headers: unknown
  withToken: boolean
}

/** What came of asking an API. */
export type Answer = { state: 'there'; value: unknown } | { state: 'failed'; message: string }

/** What blocks need from their surroundings: a site, or the canvas of the studio. */
export interface BlockHost {
  /** What bindings are looked up in; read inside a render, the render follows it. */
  scope(): Scope
  language(): string
  click(blockId: string): void
  /** Whether pictures of other hosts are loaded. The editor loads none, as its Content-Security-Policy says. */
  readonly loadsPictures: boolean
  /** The visitor is about to click. */
  prepare(blockId: string): void
  /** Whether the visitor may see a conditional block, by its `visibleTo`. */
  canSee(visibleTo: unknown): boolean
  setVariable(name: string, value: unknown): void
  /**
   * The answer of an API, called with the visitor's access token when there is one and it is wanted. An empty list while
   * a binding in the path of the address has no value.
   */
  load(request: DataRequest): Promise<Answer>
}

export const blockHostKey: InjectionKey<BlockHost> = Symbol('block host')

export function useBlockHost(): BlockHost {
  const host = inject(blockHostKey)
  if (!host)
    throw new Error('A block was shown outside a site or a canvas. Provide a BlockHost under blockHostKey.')
  return host
}
