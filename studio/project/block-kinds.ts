import { defineFields, type Fields } from 'lowgate/contract'
import { headersField, queryField } from './request-parts.ts'

export interface BlockKind {
  readonly name: string
  readonly summary: string
  readonly fields: Fields
  /** The fields that are written in a box of several lines. */
  readonly multiline?: readonly string[]
  /** Whether a click on it can start a workflow. */
  readonly isClickable?: true
  /** Holds other blocks, and shows them to some visitors only. */
  readonly isContainer?: true
}

const defineBlockKinds = <const K extends Record<string, BlockKind>>(kinds: K): K => kinds

const bindingHelp = 'May hold bindings, such as {{ auth.user.name }}.'

/** Every kind of block a page is made of. The palette, the side panel's forms and the schema are made from it. */
export const blockKinds = defineBlockKinds({
  heading: {
    name: 'Heading',
    summary: 'A title for the page or a part of it',
    fields: defineFields({
      text: { type: 'text', label: 'Text', help: bindingHelp, default: 'A heading' },
      level: {
        type: 'choice',
        label: 'Size',
        help: 'One page title a page; screen readers use it as the page’s name.',
        options: [
          { value: '1', label: 'Page title' },
          { value: '2', label: 'Section' },
          { value: '3', label: 'Small' },
        ],
        default: '2',
      },
    }),
  },
  text: {
    name: 'Text',
    summary: 'One or more paragraphs',
    multiline: ['text'],
    fields: defineFields({
      text: { type: 'text', label: 'Text', help: bindingHelp, default: 'Write something here.' },
    }),
  },
  button: {
    name: 'Button',
    summary: 'Starts a workflow when it is clicked',
    isClickable: true,
    fields: defineFields({
      label: { type: 'text', label: 'Label', help: 'Say what it does: “Log in”, “Save”.', default: 'Button' },
      look: {
        type: 'choice',
        label: 'Look',
        help: 'One primary button a page.',
        options: [
          { value: 'primary', label: 'Primary' },
          { value: 'secondary', label: 'Secondary' },
        ],
        default: 'primary',
      },
    }),
  },
  image: {
    name: 'Image',
    summary: 'A picture from the web',
    isClickable: true,
    fields: defineFields({
      src: {
        type: 'text',
        label: 'Address',
        help: 'Starts with https:// and a fixed host, or is one binding such as {{ auth.user.picture }}.',
        placeholder: 'https://…',
        format: 'address',
      },
      alt: {
        type: 'text',
        label: 'Description',
        help: 'Read aloud in place of the picture. Leave empty for decoration.',
      },
    }),
  },
  input: {
    name: 'Input',
    summary: 'Asks the visitor for a value',
    fields: defineFields({
      label: { type: 'text', label: 'Label', help: 'What you ask for.', default: 'Your answer' },
      variable: {
        type: 'text',
        label: 'Variable',
        help: 'What is typed is bound as variables.<this name>.',
        default: 'answer',
      },
      kind: {
        type: 'choice',
        label: 'Kind',
        help: 'Phones show a fitting keyboard.',
        options: [
          { value: 'text', label: 'Text' },
          { value: 'email', label: 'E-mail' },
          { value: 'number', label: 'Number' },
        ],
        default: 'text',
      },
    }),
  },
  userCard: {
    name: 'User card',
    summary: 'Picture, name and e-mail of the logged-in visitor',
    fields: defineFields({
      loggedOutText: {
        type: 'text',
        label: 'Text while logged out',
        help: 'Shown instead of the card until somebody logs in.',
        default: 'You are not logged in.',
      },
    }),
  },
  condition: {
    name: 'Conditional block',
    summary: 'Shows what is inside to some visitors only',
    isContainer: true,
    fields: {},
  },
  data: {
    name: 'Data',
    summary: 'Calls an API with the visitor’s access token and lists the answer',
    fields: defineFields({
      url: {
        type: 'text',
        label: 'API address',
        help: 'Called with GET. Starts with https:// and a fixed host; bindings may follow.',
        placeholder: 'https://api.acme.example/orders',
        format: 'address',
      },
      query: queryField,
      headers: headersField,
      token: {
        type: 'choice',
        label: 'Access token',
        help: 'With it, the owner of the API can act as the visitor.',
        options: [
          { value: 'send', label: 'Send it while somebody is logged in' },
          { value: 'none', label: 'Do not send it' },
        ],
        default: 'send',
      },
      list: {
        type: 'text',
        label: 'List in the answer',
        help: 'The path to the list, such as data.items. Leave empty when the answer is the list.',
      },
      row: {
        type: 'text',
        label: 'Text of a row',
        help: 'May hold bindings to the row, such as {{ item.name }}.',
        default: '{{ item.name }}',
      },
      empty: {
        type: 'text',
        label: 'Text when empty',
        help: 'Shown instead of the list.',
        default: 'Nothing here yet.',
      },
    }),
  },
})

export type BlockType = keyof typeof blockKinds

export const blockTypes = Object.keys(blockKinds) as BlockType[]

/** The kind of a block, with every optional trait. */
export const kindOf = ({ type }: { type: BlockType }): BlockKind => blockKinds[type]
