import { defineCheck, inApplication } from '../check.ts'

export const refreshRotation = defineCheck({
  code: 'refresh-rotation',
  title: 'Refresh tokens rotate',
  needs: ['application'],
  find: ({ application }, { use }) =>
    application?.grant_types.includes('refresh_token') &&
    application.refresh_token?.rotation_type !== 'rotating'
      ? [
          {
            severity: use.storage === 'localstorage' ? 'error' : 'warning',
            title: 'Refresh tokens do not rotate',
            why: 'A token that is stolen once opens the visitor’s account until it expires, and nobody notices.',
            where: inApplication(application, 'Settings', 'Refresh Token Rotation'),
            value: 'Allow Refresh Token Rotation',
          },
        ]
      : [],
})
