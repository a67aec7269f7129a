import { defineCheck } from '../check.ts'

export const organizationMissing = defineCheck({
  code: 'organization-missing',
  title: 'The organizations that are used exist',
  needs: ['organizations'],
  find: ({ organizations }) =>
    [...organizations]
      .filter(([, exists]) => !exists)
      .map(([organization]) => ({
        severity: 'error',
        title: `There is no organization ${organization}`,
        why: 'Logins to it end with an error.',
        where: 'Auth0 › Organizations',
        value: organization,
      })),
})
