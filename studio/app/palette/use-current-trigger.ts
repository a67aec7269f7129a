import { computed } from 'vue'
import { kindOf } from '../../project/block-kinds.ts'
import type { Page, Trigger } from '../../project/schema.ts'
import { blocksIn } from '../../project/walk.ts'
import { useSelection } from '../data/selection.ts'

/** The trigger whose workflow the side panel shows. */
export function useCurrentTrigger(page: () => Page) {
  const selection = useSelection()
  return computed<Trigger>(() => {
    if (selection.event) return { type: 'session', event: selection.event }
    const block = [...blocksIn(page().blocks)].find(({ id }) => id === selection.blockId)
    return block && kindOf(block).isClickable
      ? { type: 'click', blockId: block.id }
      : { type: 'page-load', pageId: page().id }
  })
}
