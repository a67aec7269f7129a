import type { Page, Project } from './schema.ts'

const home: Page = {
  id: 'home',
  name: 'Home',
  path: '/',
  access: 'everyone',
  inMenu: true,
  blocks: [
    { id: 'homeTitle', type: 'heading', values: { text: 'Welcome to My site', level: '1' } },
    {
      id: 'homeText',
      type: 'text',
      values: { text: 'Connect your Auth0 tenant, then let the button below log your visitors in.' },
    },
    { id: 'homeButton', type: 'button', values: { label: 'Log in', look: 'primary' } },
    { id: 'homeUser', type: 'userCard', values: { loggedOutText: 'You are not logged in.' } },
  ],
}

const dashboard: Page = {
  id: 'dashboard',
  name: 'Dashboard',
  path: '/dashboard',
  access: 'everyone',
  inMenu: true,
  blocks: [
    { id: 'dashboardTitle', type: 'heading', values: { text: 'Dashboard', level: '1' } },
    { id: 'dashboardText', type: 'text', values: { text: 'Good to see you, {{ auth.user.name }}.' } },
  ],
}

const account: Page = {
  id: 'account',
  name: 'Account',
  path: '/account',
  access: 'everyone',
  inMenu: true,
  blocks: [
    { id: 'accountTitle', type: 'heading', values: { text: 'Account', level: '1' } },
    { id: 'accountUser', type: 'userCard', values: { loggedOutText: 'You are not logged in.' } },
    { id: 'accountButton', type: 'button', values: { label: 'Log out', look: 'secondary' } },
  ],
}

/** What a builder finds at first start: three pages, nothing connected, nothing attached to the buttons. */
export const firstProject: Project = {
  id: 'my-site',
  name: 'My site',
  languages: ['en'],
  homePageId: home.id,
  userGroups: [],
  pages: [home, dashboard, account],
  workflows: [],
  settings: { connections: {} },
}
