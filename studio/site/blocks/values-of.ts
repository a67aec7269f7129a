import { fillIn, toText, type Scope } from '../../project/bindings.ts'
import { kindOf } from '../../project/block-kinds.ts'
import { translated } from '../../project/languages.ts'
import type { Block } from '../../project/schema.ts'

/**
 * Every text and choice of a block in a language. Bindings are filled in, but for those of a row of data and of
 * addresses, which the block fills in for their place; a choice is one of its options whatever is stored, since it
 * becomes an element or a kind of input.
 */
export function valuesOf(block: Block, language: string, scope: Scope): Record<string, string> {
  return Object.fromEntries(
    Object.entries(kindOf(block).fields).map(([name, field]) => {
      const fallback = 'default' in field ? String(field.default ?? '') : ''
      const text = toText(translated(block, language, name) ?? block.values[name] ?? fallback)
      if (field.type === 'choice')
        return [name, field.options.some(({ value }) => value === text) ? text : fallback]
      const isTemplate = name === 'row' || ('format' in field && field.format === 'address')
      return [name, isTemplate ? text : fillIn(text, scope)]
    }),
  )
}
