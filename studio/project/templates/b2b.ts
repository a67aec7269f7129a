import type { Project } from '../schema.ts'

export const b2b: Project = {
  id: 'b2b',
  name: 'B2B portal',
  languages: ['en'],
  homePageId: 'home',
  userGroups: [{ id: 'managers', name: 'Managers', roles: ['Manager'] }],
  pages: [
    {
      id: 'home',
      name: 'Home',
      path: '/',
      access: 'everyone',
      inMenu: true,
      blocks: [
        { id: 'homeTitle', type: 'heading', values: { text: 'The portal for our partners', level: '1' } },
        {
          id: 'homeLoggedOut',
          type: 'condition',
          values: { visibleTo: 'logged-out' },
          blocks: [
            {
              id: 'homeOrganization',
              type: 'input',
              values: { label: 'Your organization', variable: 'organization', kind: 'text' },
            },
            { id: 'homeLogin', type: 'button', values: { label: 'Log in', look: 'primary' } },
          ],
        },
        {
          id: 'homeLoggedIn',
          type: 'condition',
          values: { visibleTo: 'authenticated' },
          blocks: [
            {
              id: 'homeHello',
              type: 'text',
              values: { text: 'You are logged in for {{ auth.organization.name }}.' },
            },
            { id: 'homeDashboard', type: 'button', values: { label: 'To the dashboard', look: 'primary' } },
          ],
        },
      ],
    },
    {
      id: 'dashboard',
      name: 'Dashboard',
      path: '/dashboard',
      access: 'authenticated',
      inMenu: true,
      blocks: [
        {
          id: 'dashboardTitle',
          type: 'heading',
          values: { text: 'Dashboard of {{ auth.organization.name }}', level: '1' },
        },
        { id: 'dashboardUser', type: 'userCard', values: {} },
        { id: 'dashboardLogout', type: 'button', values: { label: 'Log out', look: 'secondary' } },
      ],
    },
    {
      id: 'management',
      name: 'Management',
      path: '/management',
      access: { groups: ['managers'] },
      inMenu: true,
      blocks: [
        { id: 'managementTitle', type: 'heading', values: { text: 'Management', level: '1' } },
        { id: 'managementText', type: 'text', values: { text: 'Only managers see this page.' } },
      ],
    },
    {
      id: 'denied',
      name: 'No access',
      path: '/no-access',
      access: 'everyone',
      inMenu: false,
      blocks: [
        { id: 'deniedTitle', type: 'heading', values: { text: 'This page is not for you', level: '1' } },
        {
          id: 'deniedText',
          type: 'text',
          values: { text: 'Ask a manager of your organization for access.' },
        },
      ],
    },
  ],
  workflows: [
    {
      id: 'homeLogin-click',
      trigger: { type: 'click', blockId: 'homeLogin' },
      steps: [
        {
          id: 'loginWithRedirect',
          action: 'loginWithRedirect',
          args: {
            organization: { bind: 'variables.organization' },
            target: { pageId: 'dashboard' },
          },
        },
      ],
    },
    {
      id: 'homeDashboard-click',
      trigger: { type: 'click', blockId: 'homeDashboard' },
      steps: [{ id: 'goToPage', action: 'goToPage', args: { page: { pageId: 'dashboard' } } }],
    },
    {
      id: 'dashboardLogout-click',
      trigger: { type: 'click', blockId: 'dashboardLogout' },
      steps: [{ id: 'logout', action: 'logout', args: { mode: 'redirect' } }],
    },
  ],
  settings: {
    connections: {},
    rolesClaim: 'https://lowgate.example/roles',
    deniedPage: { pageId: 'denied' },
  },
}
