/** The header that the editor sends with every request: a form on another site cannot send it. */
export const editorHeader = { name: 'x-lowgate', value: 'editor' } as const
