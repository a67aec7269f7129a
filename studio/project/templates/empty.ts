import type { Project } from '../schema.ts'

export const empty: Project = {
  id: 'empty',
  name: 'New site',
  languages: ['en'],
  homePageId: 'home',
  userGroups: [],
  pages: [{ id: 'home', name: 'Home', path: '/', access: 'everyone', inMenu: true, blocks: [] }],
  workflows: [],
  settings: { connections: {} },
}
