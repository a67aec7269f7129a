import { defineCheck, inApplication } from '../check.ts'

const thirtyDays = 30 * 24 * 3600

export const refreshLifetime = defineCheck({
  code: 'refresh-lifetime',
  title: 'Refresh tokens end some day',
  needs: ['application'],
  find: ({ application }) => {
    const settings = application?.refresh_token
    if (!application?.grant_types.includes('refresh_token') || !settings) return []
    const isEndless = settings.expiration_type === 'non-expiring' || settings.infinite_token_lifetime === true
    const lifetime = settings.token_lifetime ?? 0
    if (!isEndless && lifetime <= thirtyDays) return []
    return [
      {
        severity: 'warning',
        title: isEndless
          ? 'Refresh tokens never expire'
          : `Refresh tokens last ${String(Math.round(lifetime / 86_400))} days`,
        why: 'A visitor on a shared or lost device stays logged in for longer than she expects.',
        where: inApplication(
          application,
          'Settings',
          'Refresh Token Expiration',
          'Maximum Refresh Token Lifetime',
        ),
        value: String(thirtyDays),
      },
    ]
  },
})
