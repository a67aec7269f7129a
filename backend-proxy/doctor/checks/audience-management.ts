import { defineCheck } from '../check.ts'

export const audienceManagement = defineCheck({
  code: 'audience-management',
  title: 'The audience is not Auth0’s own Management API',
  needs: ['apis'],
  find: ({ apis }, { audiences }) =>
    audiences
      .filter((audience) => apis.get(audience)?.is_system || /\/api\/v2\/?$/.test(audience))
      .map((audience) => ({
        severity: 'error',
        title: 'The API audience is Auth0’s Management API',
        why: 'Your visitors would hold tokens that can change your tenant. Nothing of yours should accept them.',
        where: 'Connection › API audience',
        value: audience,
      })),
})
