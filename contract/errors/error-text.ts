import type { Trouble } from '../trouble.ts'
import type { editorTexts } from './editor-texts.ts'
import type { tokenTexts } from './token-texts.ts'
import type { visitorTexts } from './visitor-texts.ts'

/** Every error that Lowgate raises. */
export type ErrorCode = keyof typeof visitorTexts | keyof typeof editorTexts | keyof typeof tokenTexts

/** What there is to say about an error, whatever caused this one. */
export type ErrorText = Omit<Trouble, 'code'> & Required<Pick<Trouble, 'why' | 'cure'>>

/** The texts that a room has at hand. */
export type ErrorTexts = Readonly<Partial<Record<ErrorCode, ErrorText>>>

/** The one text that cannot wait for a download. */
export const notLoaded = {
  title: 'A part of this page could not be downloaded.',
  why: 'The connection broke, or a new version of the site was published while the page was open.',
  cure: 'Check your connection and reload the page.',
  owner: 'visitor',
} as const satisfies ErrorText
