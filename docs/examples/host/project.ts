import type { Access, PageSummary, PublicSettings, UserGroup } from 'lowgate/contract'

export const pages: (PageSummary & { access: Access })[] = [
  { id: 'home', name: 'Home', path: '/', access: 'everyone' },
  { id: 'members', name: 'Members', path: '/members', access: 'authenticated' },
  { id: 'managers', name: 'Managers', path: '/managers', access: { groups: ['managers'] } },
]

/** What the editor changes. Nothing in it is secret: the proxy keeps the tenant’s secret. */
const first = {
  settings: { connections: {} } as PublicSettings,
  userGroups: [{ id: 'managers', name: 'Managers', roles: ['Manager'] }] as readonly UserGroup[],
  /** By the label of the button that runs it. */
  steps: { 'Log in': { code: 'loginWithRedirect', args: {} }, 'Log out': { code: 'logout', args: {} } },
}

export const loadProject = (): typeof first => JSON.parse(localStorage.getItem('project') ?? 'null') ?? first
