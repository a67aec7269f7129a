import { defineCheck, inApplication } from '../check.ts'

export const initiateLogin = defineCheck({
  code: 'initiate-login',
  title: 'Application Login URI leads to the site',
  needs: ['application'],
  find: ({ application }, { use }) => {
    const wanted = use.sites.flatMap(({ initiateLogin }) => initiateLogin ?? [])
    const [first] = wanted
    if (!application || !first || wanted.includes(application.initiate_login_uri ?? '')) return []
    return [
      {
        severity: 'notice',
        title: application.initiate_login_uri
          ? `The Application Login URI is ${application.initiate_login_uri}`
          : 'There is no Application Login URI',
        why: 'A visitor who bookmarked the login page, or follows an invitation, does not arrive at your site.',
        where: inApplication(application, 'Settings', 'Application Login URI'),
        value: first,
      },
    ]
  },
})
