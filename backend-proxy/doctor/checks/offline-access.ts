import { defineCheck } from '../check.ts'

export const offlineAccess = defineCheck({
  code: 'offline-access',
  title: 'The API allows logins to be renewed',
  needs: ['apis'],
  find: ({ apis }) =>
    [...apis.values()]
      .filter((api) => api?.allow_offline_access === false && !api.is_system)
      .map((api) => ({
        severity: 'warning',
        title: `${api?.name ?? 'The API'} does not allow offline access`,
        why: 'Auth0 hands out no refresh token, so visitors are logged out on reload or when the token ends.',
        where: `Auth0 › Applications › APIs › ${api?.name ?? ''} › Settings › Allow Offline Access`,
        value: 'On',
      })),
})
