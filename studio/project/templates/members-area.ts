import type { Project } from '../schema.ts'

export const membersArea: Project = {
  id: 'members',
  name: 'Members’ area',
  languages: ['en'],
  homePageId: 'home',
  userGroups: [],
  pages: [
    {
      id: 'home',
      name: 'Home',
      path: '/',
      access: 'everyone',
      inMenu: true,
      blocks: [
        { id: 'homeTitle', type: 'heading', values: { text: 'Welcome', level: '1' } },
        { id: 'homeText', type: 'text', values: { text: 'Members find more behind the login.' } },
        {
          id: 'homeLoggedOut',
          type: 'condition',
          values: { visibleTo: 'logged-out' },
          blocks: [
            { id: 'homeLogin', type: 'button', values: { label: 'Log in', look: 'primary' } },
            { id: 'homeSignup', type: 'button', values: { label: 'Become a member', look: 'secondary' } },
          ],
        },
        {
          id: 'homeLoggedIn',
          type: 'condition',
          values: { visibleTo: 'authenticated' },
          blocks: [
            { id: 'homeMembers', type: 'button', values: { label: 'To the members’ page', look: 'primary' } },
          ],
        },
      ],
    },
    {
      id: 'members',
      name: 'Members',
      path: '/members',
      access: 'authenticated',
      inMenu: true,
      blocks: [
        { id: 'membersTitle', type: 'heading', values: { text: 'Hello {{ auth.user.name }}', level: '1' } },
        { id: 'membersText', type: 'text', values: { text: 'Only members see this page.' } },
      ],
    },
    {
      id: 'account',
      name: 'Account',
      path: '/account',
      access: 'authenticated',
      inMenu: true,
      blocks: [
        { id: 'accountTitle', type: 'heading', values: { text: 'Account', level: '1' } },
        { id: 'accountUser', type: 'userCard', values: {} },
        { id: 'accountLogout', type: 'button', values: { label: 'Log out', look: 'secondary' } },
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
          args: { target: { pageId: 'members' } },
        },
      ],
    },
    {
      id: 'homeSignup-click',
      trigger: { type: 'click', blockId: 'homeSignup' },
      steps: [
        {
          id: 'loginWithRedirect',
          action: 'loginWithRedirect',
          args: { screenHint: 'signup', target: { pageId: 'members' } },
        },
      ],
    },
    {
      id: 'homeMembers-click',
      trigger: { type: 'click', blockId: 'homeMembers' },
      steps: [{ id: 'goToPage', action: 'goToPage', args: { page: { pageId: 'members' } } }],
    },
    {
      id: 'accountLogout-click',
      trigger: { type: 'click', blockId: 'accountLogout' },
      steps: [{ id: 'logout', action: 'logout', args: { mode: 'redirect' } }],
    },
  ],
  settings: { connections: {} },
}
