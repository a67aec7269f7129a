import { kindOf } from '../../project/block-kinds.ts'
import type { Block } from '../../project/schema.ts'

function textOf({ values }: Block): string {
  const text = values.label ?? values.text
  return typeof text === 'string' ? text.slice(0, 60) : ''
}

/** What a block is called in lists and by screen readers: `Button: Log in`. */
export function blockLabel(block: Block): string {
  const text = textOf(block)
  return text ? `${kindOf(block).name}: ${text}` : kindOf(block).name
}

/** What a block is called while it is moved: `Log in (Button)`. */
export function blockTitle(block: Block): string {
  const text = textOf(block)
  return text ? `${text} (${kindOf(block).name})` : kindOf(block).name
}
