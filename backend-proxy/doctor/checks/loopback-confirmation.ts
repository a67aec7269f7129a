import { defineCheck, inApplication } from '../check.ts'

export const loopbackConfirmation = defineCheck({
  code: 'loopback-confirmation',
  title: 'Logins on a developer’s machine need no extra step',
  needs: ['application'],
  find: ({ application }, { use }) =>
    application &&
    !application.skip_non_verifiable_callback_uri_confirmation_prompt &&
    use.sites.some(({ callback }) => /^(localhost|127\.0\.0\.1|\[::1\])$/.test(new URL(callback).hostname))
      ? [
          {
            severity: 'notice',
            title: 'Auth0 asks for a confirmation before it returns to localhost',
            why: 'Login takes one click more there, and silent login fails. Names such as shop.localhost are exempt.',
            where: `${inApplication(application, 'Settings')} (skip_non_verifiable_callback_uri_confirmation_prompt, through the Management API)`,
            value: 'true',
          },
        ]
      : [],
})
