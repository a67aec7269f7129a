import type { Project } from '../schema.ts'
import { b2b } from './b2b.ts'
import { empty } from './empty.ts'
import { membersArea } from './members-area.ts'

/** A project to start from. */
export interface Template {
  name: string
  summary: string
  create(): Project
}

export const templates: Template[] = [
  { name: 'Empty', summary: 'One page, nothing on it.', create: () => structuredClone(empty) },
  {
    name: 'Members’ area',
    summary: 'A public home page, a page for members, an account page with login and logout.',
    create: () => structuredClone(membersArea),
  },
  {
    name: 'B2B with organizations',
    summary: 'Companies log in as organizations; each sees its own dashboard, managers a page more.',
    create: () => structuredClone(b2b),
  },
]
