import type { BlockType } from '../../project/block-kinds.ts'
import { addBlock } from '../../project/edit/blocks.ts'
import type { Page } from '../../project/schema.ts'
import { useProject } from '../data/use-project.ts'
import { useSelection } from '../data/selection.ts'

/** Adds a block: into the chosen container, behind the chosen block, or last on the page. */
export function useAddBlock(page: () => Page) {
  const { store } = useProject()
  const selection = useSelection()

  function place() {
    const { id, blocks } = page()
    const chosen = blocks.findIndex((block) => block.id === selection.blockId)
    const container = blocks[chosen]?.blocks
    if (container) return { pageId: id, inside: selection.blockId, index: container.length }
    return { pageId: id, index: chosen < 0 ? blocks.length : chosen + 1 }
  }

  return (type: BlockType) =>
    store.change(`add ${type}`, (draft) => selection.chooseBlock(addBlock(draft, type, place())))
}
