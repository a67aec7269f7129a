import type { BlockHost } from '../../site/blocks/block-host.ts'

/** A visitor for the canvas, so that bindings and user cards show what they will look like. */
const sample = {
  auth: {
    user: { sub: 'auth0|sample', name: 'Ada Lovelace', nickname: 'ada', email: 'ada@example.com' },
    isAuthenticated: true,
    roles: ['member'],
    permissions: [],
    organization: { id: 'org_sample', name: 'sample' },
  },
}

/** The canvas's side of its blocks: they look as on the site, and do nothing. */
export const createCanvasHost = (language: () => string): BlockHost => ({
  scope: () => sample,
  language,
  loadsPictures: false,
  click: () => undefined,
  prepare: () => undefined,
  canSee: () => true,
  setVariable: () => undefined,
  load: async () => ({
    state: 'there',
    value: [{ name: 'A row of the API’s answer' }, { name: 'Another row' }],
  }),
})
