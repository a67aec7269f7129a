import { createRouter, createWebHistory } from 'vue-router'
import { firstProject } from '../project/first-project.ts'
import AuthenticationScreen from './authentication/AuthenticationScreen.vue'
import PagesScreen from './pages/PagesScreen.vue'
import ProjectsScreen from './projects/ProjectsScreen.vue'
import SettingsScreen from './settings/SettingsScreen.vue'
import VersionsScreen from './versions/VersionsScreen.vue'
import ProjectShell from './shell/ProjectShell.vue'

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/projects', name: 'projects', component: ProjectsScreen },
    { path: '/', redirect: { name: 'pages', params: { projectId: firstProject.id } } },
    {
      path: '/projects/:projectId',
      component: ProjectShell,
      props: true,
      children: [
        { path: 'pages/:pageId?', name: 'pages', component: PagesScreen, props: true },
        { path: 'authentication', name: 'authentication', component: AuthenticationScreen },
        { path: 'settings', name: 'settings', component: SettingsScreen, props: true },
        { path: 'versions', name: 'versions', component: VersionsScreen, props: true },
      ],
    },
    { path: '/:path(.*)*', redirect: '/' },
  ],
})
