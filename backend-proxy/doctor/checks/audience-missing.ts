import { defineCheck } from '../check.ts'

export const audienceMissing = defineCheck({
  code: 'audience-missing',
  title: 'The API that is asked for exists',
  needs: ['apis'],
  find: ({ apis }) =>
    [...apis]
      .filter(([audience, api]) => !api && !/\/api\/v2\/?$/.test(audience))
      .map(([audience]) => ({
        severity: 'error',
        title: `There is no API ${audience}`,
        why: 'Every login ends with "Service not found". An audience is compared letter by letter, last slash included.',
        where: 'Auth0 › Applications › APIs',
        value: audience,
      })),
})
